import { discover } from './discover';
import { absoluteFolder } from './folder';
import type { Prepared } from './prepare';

/** Folders of runs of this experiment that its file does not ask for any more (changed settings, removed arms). */
export async function runsNotInFile({ experiment, plan }: Prepared): Promise<string[]> {
  if (experiment === null || plan === null) return [];
  const asked = new Set(plan.items.map((item) => absoluteFolder(experiment.root, item)));
  return (await discover(experiment.runsFolder)).runs.filter((folder) => !asked.has(folder));
}
