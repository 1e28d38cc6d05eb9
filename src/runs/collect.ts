import { UserError } from '../config/errors';
import type { Arm, Experiment } from '../config/resolved';
import { gridValues } from '../config/sweep/cells';
import { labelOf } from '../config/sweep/paths';
import type { CellValue } from '../config/sweep/schema';
import type { ArmInput, SummaryInput } from '../results/input';
import { summarize } from '../results/summarize';
import type { Summary } from '../results/summary';
import { labelledOf, missingOf, teacherArm, temperatureOf } from './armInput';
import { isCell } from './planByResults';
import { estimateSeconds, trainersOf } from './estimate';
import type { PlanItem } from './files';
import { absoluteFolder } from './folder';
import { readLooks } from './jsonLines';
import { isTeacher, type Plan } from './plan';
import type { Prepared } from './prepare';
import { readOtherLooks } from './otherLooks';
import { improvingArms } from './improving';
import { readRemovedRuns } from './removedRuns';
import { numericsOf, openings, recipeIn, testOf } from './promise';
import { readRunInput } from './runInput';
import { own } from '../own';

/**
 * The numbers of an experiment, from the current state of its run folders.
 * @throws UserError where the experiment has no plan, because its files or data have errors
 */
export async function collectSummary(prepared: Prepared): Promise<Summary> {
  const { experiment, facts, plan, engine } = prepared;
  if (experiment === null || facts === null || plan === null)
    throw new UserError(`${prepared.file} has errors, so its results cannot be read. Correct them first.`);
  const { root, config, seeds } = experiment;
  const runsOf = (items: PlanItem[]) =>
    Promise.all(
      items.map((item) =>
        readRunInput(absoluteFolder(root, item), item.seed ?? 0, plan.drafts.get(item.id) ?? null),
      ),
    );
  const armOf = async (arm: Arm): Promise<ArmInput> => {
    const items = plan.items.filter((item) => item.kind === 'run' && item.arm === arm.slug);
    return {
      slug: arm.slug,
      title: arm.title,
      primary: arm.primary,
      role: arm.role,
      cell: arm.cell,
      ended: items[0]?.ended ?? null,
      scratch: arm.pairedWith,
      recipe: items[0] ? recipeIn(items[0].folder) : '',
      transferSet: arm.transferSet,
      ...missingOf(plan.drafts.get(items[0]?.id ?? '')),
      labelled: labelledOf(plan.drafts.get(items[0]?.id ?? '')),
      temperature: temperatureOf(arm.method),
      softTargets: plan.drafts.get(items[0]?.id ?? '')?.softTargets ?? 'none',
      runs: await runsOf(items),
    };
  };
  const headline = plan.arms.find((arm) => arm.primary);
  // The headline's first.
  const scratches = plan.arms
    .filter((arm) => arm.scratch)
    .sort((a, b) => Number(b.slug === headline?.pairedWith) - Number(a.slug === headline?.pairedWith));
  const teachers = plan.items.filter(isTeacher);
  const looks = await readLooks(experiment.runsFolder);
  const input: SummaryInput = {
    experiment: experiment.name,
    description: config.description ?? null,
    minGain: config.minGain,
    examples: facts.counts,
    classes: facts.classes,
    engine: engine && { name: engine.numerics.engine, why: engine.why },
    seeds,
    teacher: {
      ...teacherArm(teacherTitle(experiment), plan.drafts.get(teachers[0]?.id ?? '')),
      runs: await runsOf(teachers),
    },
    scratches: await Promise.all(scratches.map(armOf)),
    arms: await Promise.all(plan.arms.filter((arm) => !arm.scratch).map(armOf)),
    sweep: sweepOf(experiment, plan),
    ...openings(looks, testOf(experiment, plan), engine && numericsOf(engine.numerics)),
    ...(await readRemovedRuns(prepared, looks)),
    otherLooks: await readOtherLooks(experiment, testOf(experiment, plan)),
    improving: [],
    secondsLeft: await estimateSeconds(prepared, trainersOf(experiment)),
  };
  const summary = summarize(input);
  // Events are long: they are read only where they may explain why nothing was gained.
  const improving = await improvingArms(summary, plan);
  return improving.length === 0 ? summary : summarize({ ...input, improving });
}

/** What the file asks, and what was chosen. */
function sweepOf({ config }: Experiment, { arms, choice }: Plan): SummaryInput['sweep'] {
  if (config.sweep === undefined) return null;
  const { parameters, search } = config.sweep;
  const cells = arms.filter(isCell);
  return {
    parameters: Object.entries(parameters).map(([path, written]) => {
      const there = new Set(cells.map(({ cell }) => own(cell, path)!));
      const values = Array.isArray(written) ? written : gridValues(written);
      // What was drawn at random from a range is on no grid.
      const onGrid = values.filter((value) => there.has(value));
      const drawn = [...there].filter((value) => !values.includes(value));
      return { path, label: labelOf(path), values: drawn.length === 0 ? onGrid : [...there].sort(byValue) };
    }),
    search:
      search === 'grid'
        ? 'grid'
        : search.halving
          ? 'halving'
          : search.random === undefined
            ? 'grid'
            : 'random',
    winner: choice.winner,
    confirmation: arms.find((arm) => arm.role === 'confirmation' && !arm.scratch)?.slug ?? null,
  };
}

const byValue = (a: CellValue, b: CellValue) => Number(a) - Number(b);

const teacherTitle = ({ teacher }: Experiment) =>
  teacher.ensemble
    ? `ensemble of ${teacher.ensemble.members.length}`
    : teacher.generalist
      ? `${teacher.generalist.name} with ${teacher.config.specialists!.count} specialists`
      : teacher.name;
