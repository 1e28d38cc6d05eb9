import { chunkSizes } from './chunks';
import { chooseInference } from './inference';
import { say } from './log';
import { engineOf, openRun, trainedNetwork } from './openRun';
import { openSoftTargets, softTargetsKey, writeSoftTargets } from './softTargets';
import { extractSoftTargets } from './teacher';
import { loadTrainingData } from './trainingData';

/** Puts the soft targets of a trained teacher into the cache, where they are not there yet. */
export async function extract(folder: string): Promise<void> {
  const open = await openRun(folder);
  const { run, root } = open;
  const key = await softTargetsKey(run, { identity: run.identity, folder: open.folder });
  const data = await loadTrainingData(run, root);
  const there = openSoftTargets(root, key, data);
  there?.close();
  if (there) return;
  const engine = await engineOf(open);
  const network = await trainedNetwork(open.folder, run);
  const sizes = [...chunkSizes(data.train.count), ...chunkSizes(data.validation.count)];
  const inference = chooseInference(engine, network, data.inputShape, sizes, say);
  await writeSoftTargets(root, key, extractSoftTargets(inference, data), data);
  inference.dispose();
  network.dispose();
}
