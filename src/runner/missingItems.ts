import { existsSync } from 'node:fs';
import type { Experiment } from '../config/resolved';
import type { PlanItem } from '../runs/files';
import { absoluteFolder } from '../runs/folder';
import { runFiles } from '../runs/layout';
import { isTeacher, type Plan } from '../runs/plan';
import type { Prepared } from '../runs/prepare';
import { readRungs } from '../runs/jsonLines';
import { runStatus } from '../runs/status';

/** An experiment that can be run. */
export interface RunnableExperiment extends Prepared {
  experiment: Experiment;
  plan: Plan;
}

/** What pressing Run would do: the items of the plan that are not done, in its order. */
export async function missingItems({
  experiment,
  plan,
}: Pick<RunnableExperiment, 'experiment' | 'plan'>): Promise<PlanItem[]> {
  const done = await Promise.all(plan.items.map((item) => isDone(experiment.root, item, plan)));
  const missing = plan.items.filter((_, index) => !done[index]);
  // Soft targets are in a cache that may be deleted, and only a trainer knows their name: extraction runs when a run needs them.
  const needed = new Set(missing.flatMap((item) => item.waitsFor));
  return missing.filter((item) => item.kind !== 'softTargets' || needed.has(item.id));
}

/**
 * Ids of the trainings that were begun and are not finished: what Resume goes on with. Undefined where the test set alone is
 * left: then nothing is picked.
 */
export async function startedItems(
  ready: Pick<RunnableExperiment, 'experiment' | 'plan'>,
): Promise<string[] | undefined> {
  const missing = await missingItems(ready);
  if (missing.every((item) => item.kind === 'evaluate')) return undefined;
  const runs = missing.filter((item) => item.kind === 'teacher' || item.kind === 'run');
  const states = await Promise.all(
    runs.map((item) => runStatus(absoluteFolder(ready.experiment.root, item))),
  );
  return runs.filter((_, index) => states[index]?.attempt !== null).map((item) => item.id);
}

async function isDone(root: string, item: PlanItem, plan: Pick<Plan, 'items'>): Promise<boolean> {
  switch (item.kind) {
    case 'teacher':
    case 'run':
      return item.ended !== undefined || (await isTrained(root, item));
    case 'softTargets':
      return false;
    case 'evaluate':
      return sealedFolders(root, plan).length === 0 && unmeasuredFolders(root, plan).length === 0;
  }
}

/** To its end, or as far as successive halving lets it train now. */
export async function isTrained(root: string, { until, ...item }: PlanItem): Promise<boolean> {
  const folder = absoluteFolder(root, item);
  if ((await runStatus(folder)).status === 'finished') return true;
  return until !== undefined && (await readRungs(folder)).has(until);
}

/** Folders of the teachers and runs for which the test set has not been opened, or not to the end. */
export const sealedFolders = (root: string, plan: Pick<Plan, 'items'>): string[] =>
  foldersWithout(root, plan, ({ predictions, labels }) => [predictions('test'), labels('test')]);

/** Folders of the teachers and runs of which it is not known yet what they cost to run. */
export const unmeasuredFolders = (root: string, plan: Pick<Plan, 'items'>): string[] =>
  foldersWithout(root, plan, ({ cost }) => [cost]);

function foldersWithout(
  root: string,
  { items }: Pick<Plan, 'items'>,
  files: (of: ReturnType<typeof runFiles>) => string[],
): string[] {
  return items
    .filter((item) => (isTeacher(item) || item.kind === 'run') && item.ended === undefined)
    .map((item) => absoluteFolder(root, item))
    .filter((folder) => !files(runFiles(folder)).every((file) => existsSync(file)));
}
