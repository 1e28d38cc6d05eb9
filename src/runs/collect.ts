import { availableParallelism } from 'node:os';
import { resolveArms } from '../config/arms';
import { UserError } from '../config/errors';
import type { Arm, Experiment } from '../config/resolved';
import type { ArmInput } from '../results/input';
import { summarize } from '../results/summarize';
import type { Summary } from '../results/summary';
import { estimateSeconds } from './estimate';
import type { PlanItem } from './files';
import { absoluteFolder } from './folder';
import { readLooks } from './looks';
import { isTeacher, type Plan } from './plan';
import type { Prepared } from './prepare';
import { readRunInput } from './runInput';

/**
 * The numbers of an experiment, from its run folders as they stand now.
 * @throws UserError where the experiment has no plan, because its files or data have errors
 */
export async function collectSummary(prepared: Prepared): Promise<Summary> {
  const { experiment, facts, plan, engine } = prepared;
  if (experiment === null || facts === null || plan === null)
    throw new UserError(`${prepared.file} has errors, so its results cannot be told apart. Check it first.`);
  const { root, config, parallelism, seeds } = experiment;
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
      role: 'listed',
      cell: null,
      scratch: arm.scratch ? null : (scratch?.slug ?? null),
      transferSet: arm.transferSet,
      temperature: temperatureOf(arm.method),
      softTargets: plan.drafts.get(items[0]?.id ?? '')?.softTargets ?? 'none',
      runs: await runsOf(items),
    };
  };
  const arms = resolveArms(experiment);
  const scratch = arms.find((arm) => arm.scratch);
  const trainers = parallelism === 'auto' ? availableParallelism() : parallelism;
  return summarize({
    experiment: experiment.name,
    description: config.description ?? null,
    minGain: config.minGain,
    examples: facts.counts,
    classes: facts.classes,
    engine: engine && { name: engine.numerics.engine, why: engine.why },
    seeds,
    teacher: {
      ...teacherArm(teacherTitle(experiment)),
      runs: await runsOf(plan.items.filter(isTeacher)),
    },
    scratches: scratch ? [await armOf(scratch)] : [],
    arms: await Promise.all(arms.filter((arm) => !arm.scratch).map(armOf)),
    sweep: null,
    looks: await looksByArm(experiment.runsFolder, plan),
    secondsLeft: await estimateSeconds(prepared, trainers),
  });
}

export function temperatureOf(method: { parameters: Record<string, unknown> }): number | null {
  const { temperature } = method.parameters;
  return typeof temperature === 'number' ? temperature : null;
}

const teacherTitle = ({ teacher }: Experiment) =>
  teacher.ensemble ? `ensemble of ${teacher.ensemble.members.length}` : teacher.name;

/** How a teacher stands in a summary, but for its runs. */
export const teacherArm = (title: string): Omit<ArmInput, 'runs'> => ({
  slug: 'teacher',
  title,
  primary: false,
  role: 'listed',
  cell: null,
  scratch: null,
  transferSet: null,
  temperature: null,
  softTargets: 'none',
});

/** Openings of the test set by the arms of the file as it is now: an arm that was renamed since is known by its runs. */
async function looksByArm(runsFolder: string, plan: Plan) {
  const arms = new Map(plan.items.map(({ identity, arm }) => [identity, arm]));
  const looks = await readLooks(runsFolder);
  return looks.map(({ runs }) => ({
    runs: runs.map(({ arm, seed, identity }) => ({ arm: arms.get(identity) ?? arm, seed })),
  }));
}
