import type { Experiment } from '../config/resolved';
import { futureRuns } from '../runs/futureRuns';
import type { Plan } from '../runs/plan';
import { missingItems, sealedFolders, unmeasuredFolders } from './missingItems';

/** What a runner does when no training is left. */
export type Phase = 'test' | 'cost' | 'report';

/** From the files alone, as everything that follows a runner; null while trainings are left. */
export async function phaseOf(experiment: Experiment, plan: Plan): Promise<Phase | null> {
  const left = await missingItems({ experiment, plan });
  if (left.some(({ kind }) => kind !== 'evaluate') || futureRuns(experiment, plan).length > 0) return null;
  if (sealedFolders(experiment.root, plan).length > 0) return 'test';
  return unmeasuredFolders(experiment.root, plan).length > 0 ? 'cost' : 'report';
}

export const phaseText: Record<Phase, string> = {
  test: 'opening the test set',
  cost: 'measuring latency and memory',
  report: 'writing the report',
};
