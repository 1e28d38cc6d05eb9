import { engineOf, openRun, trainedNetwork } from './openRun';
import { readSoftTargets, softTargetsKey, writeSoftTargets } from './softTargets';
import { extractSoftTargets } from './teacher';
import { loadTrainingData } from './trainingData';

/** Puts the soft targets of a trained teacher into the cache, where they are not there yet. */
export async function extract(folder: string): Promise<void> {
  const open = await openRun(folder);
  const { run, root } = open;
  const key = await softTargetsKey(run, { identity: run.identity, folder: open.folder });
  const data = await loadTrainingData(run, root);
  if (await readSoftTargets(root, key, data)) return;
  const { tf } = await engineOf(open);
  const network = await trainedNetwork(open.folder, run);
  writeSoftTargets(root, key, extractSoftTargets(tf, network, data), data);
  network.dispose();
}
