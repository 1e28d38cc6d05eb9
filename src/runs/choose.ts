import type { Numerics } from '../config/numerics';
import type { Arm, Experiment } from '../config/resolved';
import { NO_CHOICE, scratchCandidates, type Choice } from '../config/sweep/stages';
import { bestOnValidation } from '../results/winner';
import { absoluteFolder, readResult } from './folder';
import { planExperiment, type Plan, type PlanFacts } from './plan';

/** The plan as far as the results that are there decide it: what a sweep chose, and what confirms that. */
export async function planByResults(
  experiment: Experiment,
  facts: PlanFacts,
  numerics: Numerics | null,
): Promise<Plan> {
  let choice = NO_CHOICE;
  for (;;) {
    const plan = planExperiment(experiment, facts, numerics, choice);
    const next = await choose(experiment, plan);
    if (next.winner === choice.winner && next.scratch === choice.scratch) return plan;
    choice = next;
  }
}

async function choose(experiment: Experiment, plan: Plan): Promise<Choice> {
  if (experiment.config.sweep === undefined) return NO_CHOICE;
  const best = async (arms: readonly Arm[]) =>
    bestOnValidation(
      await Promise.all(
        arms.map(async ({ slug }) => ({ slug, runs: await resultsOf(experiment, plan, slug) })),
      ),
    );
  const winner = await best(plan.arms.filter(isCell));
  const chosen = plan.arms.find(({ slug }) => slug === winner);
  const tuned = experiment.config.scratch === 'tuned' && chosen !== undefined;
  return { winner, scratch: tuned ? await best(scratchCandidates(plan.arms, chosen)) : null };
}

export const isCell = ({ cell, scratch, role }: Arm): boolean =>
  cell !== null && !scratch && role !== 'confirmation';

function resultsOf({ root }: Experiment, plan: Plan, slug: string) {
  const items = plan.items.filter(({ kind, arm }) => kind === 'run' && arm === slug);
  return Promise.all(
    items.map(async (item) => {
      const { value } = await readResult(absoluteFolder(root, item));
      return value && value.validation;
    }),
  );
}
