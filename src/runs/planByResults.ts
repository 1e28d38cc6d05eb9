import { isDeepStrictEqual } from 'node:util';
import type { Numerics } from '../config/numerics';
import type { Arm, Experiment } from '../config/resolved';
import { NO_DECISIONS, scratchCandidates, type SweepDecisions } from '../config/sweep/stages';
import { halvingOf, rungSteps, stagesOf, type Racer, type Stage } from '../config/sweep/halving';
import { bestOnValidation } from '../results/sweep';
import type { ResultFile } from './files';
import { absoluteFolder, readResult } from './folder';
import { planExperiment, type Plan, type PlanFacts } from './plan';
import { readRungs } from './jsonLines';
import { runStatus } from './status';

/** Results of runs by folder, each read once however often the plan is made again. */
export type Results = (folder: string) => Promise<ResultFile | null>;

export function resultsNow(): Results {
  const read = new Map<string, Promise<ResultFile | null>>();
  return (folder) => {
    const found = read.get(folder) ?? readResult(folder).then(({ value }) => value);
    read.set(folder, found);
    return found;
  };
}

/** The plan as far as the results that are there decide it: what a sweep chose, and what confirms that. */
export async function planByResults(
  experiment: Experiment,
  facts: PlanFacts,
  numerics: Numerics | null,
  results = resultsNow(),
): Promise<Plan> {
  let choice = NO_DECISIONS;
  for (;;) {
    const plan = planExperiment(experiment, facts, numerics, choice);
    const next = await choose(experiment, plan, results);
    if (isDeepStrictEqual(next, choice)) return plan;
    choice = next;
  }
}

async function choose(experiment: Experiment, plan: Plan, results: Results): Promise<SweepDecisions> {
  if (experiment.config.sweep === undefined) return NO_DECISIONS;
  const best = async (arms: readonly Arm[]) =>
    bestOnValidation(
      await Promise.all(
        arms.map(async ({ slug }) => ({ slug, runs: await validationOf(experiment, plan, slug, results) })),
      ),
    );
  const cells = plan.arms.filter(isCell);
  // Arms that the file lists are trained whatever their results.
  const racers = cells.filter(({ role }) => role === 'cell');
  const stages = await stagesNow(experiment, plan, racers);
  const runsOn = ({ slug }: Arm) => !('ended' in (stages.get(slug) ?? {}));
  const winner = await best(cells.filter(runsOn));
  const chosen = plan.arms.find(({ slug }) => slug === winner);
  const tuned = experiment.config.scratch === 'tuned' && chosen !== undefined;
  return { winner, stages, scratch: tuned ? await best(scratchCandidates(plan.arms, chosen)) : null };
}

export const isCell = ({ cell, scratch, role }: Arm): boolean =>
  cell !== null && !scratch && role !== 'confirmation';

/** Whether the results have decided everything that depends on them. */
export const isAllChosen = ({ config }: Experiment, { arms, choice }: Plan): boolean =>
  !arms.some(isCell) || (choice.winner !== null && (config.scratch !== 'tuned' || choice.scratch !== null));

/** Empty where the search is not by successive halving. */
async function stagesNow(
  { config, root }: Experiment,
  plan: Plan,
  cells: readonly Arm[],
): Promise<Map<string, Stage>> {
  const halving = config.sweep && halvingOf(config.sweep);
  if (!halving) return new Map();
  const racers = cells.map(async ({ slug }): Promise<Racer> => {
    const items = plan.items.filter(({ kind, arm }) => kind === 'run' && arm === slug);
    const { steps } = plan.drafts.get(items[0]!.id)!;
    const seeds = await Promise.all(items.map((item) => lossesOf(absoluteFolder(root, item))));
    const mean = (step: number) => {
      const losses = seeds.map((loss) => loss(step));
      return losses.some((loss) => loss === null)
        ? null
        : losses.reduce<number>((sum, loss) => sum + loss!, 0) / losses.length;
    };
    return { slug, steps, losses: rungSteps(halving, steps).map(mean) };
  });
  return stagesOf(await Promise.all(racers), halving);
}

/** Of one run at a step: infinite if it diverged before, null if it has not reached it. */
async function lossesOf(folder: string): Promise<(step: number) => number | null> {
  const rungs = await readRungs(folder);
  const { status, cause } = await runStatus(folder);
  const otherwise = status === 'failed' && cause === 'nan' ? Infinity : null;
  return (step) => rungs.get(step)?.loss ?? otherwise;
}

function validationOf({ root }: Experiment, plan: Plan, slug: string, results: Results) {
  const items = plan.items.filter(({ kind, arm }) => kind === 'run' && arm === slug);
  return Promise.all(
    items.map(async (item) => {
      const result = await results(absoluteFolder(root, item));
      return result && result.validation;
    }),
  );
}
