import { existsSync } from 'node:fs';
import { UserError } from '../config/errors';
import { writeJson } from '../runs/atomic';
import { costKey } from '../runs/cost';
import type { CostFile } from '../runs/files';
import { absoluteFolder, readCost, readRunFile } from '../runs/folder';
import { runFiles } from '../runs/layout';
import { logInfo } from './log';
import { unmeasuredFolders } from './missingItems';
import { explainExit } from './processExit';
import type { WorkContext } from './train';

/**
 * Finds out what the networks of a finished plan cost to run: each kind of network once, however many runs have it, in a
 * process of its own while nothing else goes.
 *
 * @returns whether all are known now
 * @throws UserError where a trainer fails
 */
export async function measureCosts({
  experiment,
  plan,
  trainers,
}: Omit<WorkContext, 'engine'>): Promise<boolean> {
  const { root } = experiment;
  const known = await knownCosts(root, plan);
  const unmeasured = unmeasuredFolders(root, plan);
  if (unmeasured.length > 0) logInfo('Measuring latency and memory of each network.');
  // As most who deploy a student run it; an engine whose bits depend on its threads has them in its numerics.
  trainers.threads = 1;
  for (const folder of unmeasured) {
    if (trainers.isStopping()) return false;
    const { value: run } = await readRunFile(folder);
    if (run === null) return false;
    const key = costKey(run);
    const cost = known.get(key);
    if (cost !== undefined) {
      writeJson(runFiles(folder).cost, cost);
      continue;
    }
    const ending = await trainers.run(['cost', folder], folder, logInfo);
    const { value: measured } = await readCost(folder);
    if (measured !== null) known.set(key, measured);
    else if (!trainers.isStopping())
      throw new UserError(
        `The cost of ${folder} was not measured. ${explainExit(ending, { step: 0, checkpoint: null }).message}`,
      );
  }
  return unmeasuredFolders(root, plan).length === 0;
}

/** By key, of the runs that were measured before. */
async function knownCosts(root: string, { items }: WorkContext['plan']): Promise<Map<string, CostFile>> {
  const folders = items.map((item) => absoluteFolder(root, item));
  const measured = folders.filter((folder) => existsSync(runFiles(folder).cost));
  const costs = await Promise.all(measured.map(async (folder) => (await readCost(folder)).value));
  return new Map(costs.flatMap((cost) => (cost === null ? [] : [[cost.of, cost] as const])));
}
