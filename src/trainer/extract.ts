import { chunkSizes } from './chunks';
import { engineOf, openRun } from './openRun';
import { openSoftTargets, softTargetsKey, writeSoftTargets } from './softTargets';
import { extractSoftTargets } from './teacher';
import { openTrained } from './trained';
import { loadTrainingData } from './trainingData';

/**
 * Writes the soft targets of a trained teacher to the cache, unless they are there.
 *
 * @param topK how many logits of an example are kept; all where absent
 */
export async function extract(folder: string, topK?: number): Promise<void> {
  const open = await openRun(folder);
  const { run, root } = open;
  const key = await softTargetsKey(topK === undefined ? run : { ...run, topK }, {
    identity: run.identity,
    folder: open.folder,
  });
  const data = await loadTrainingData(run, root);
  try {
    const there = openSoftTargets(root, key, data, topK);
    there?.close();
    if (there) return;
    const engine = await engineOf(open);
    const sizes = [...chunkSizes(data.train.count), ...chunkSizes(data.validation.count)];
    const inference = await openTrained(open, engine, sizes);
    await writeSoftTargets(root, key, extractSoftTargets(inference, data), data, topK);
    inference.dispose();
  } finally {
    data.train.close();
  }
}
