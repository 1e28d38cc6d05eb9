import { UserError } from '../config/errors';
import { formatNpy } from '../data/npy';
import { writeAtomic } from '../runs/atomic';
import { readResult } from '../runs/folder';
import { runFiles } from '../runs/layout';
import { chunkSizes, inChunks } from './chunks';
import { chooseInference } from './inference';
import { say } from './log';
import { engineOf, openRun, trainedNetwork } from './openRun';
import { loadTestData } from './testData';

/** Opens the test set for a finished run: its predictions there. */
export async function evaluate(folder: string): Promise<void> {
  const open = await openRun(folder);
  const { run, root } = open;
  const files = runFiles(open.folder);
  if ((await readResult(open.folder)).value === null)
    throw new UserError(`${folder} is not finished: the test set stays sealed until it is.`);
  const engine = await engineOf(open);
  const network = await trainedNetwork(open.folder, run);
  const test = await loadTestData(run, root);
  const inference = chooseInference(engine, network, run.data.inputShape, chunkSizes(test.count), say);
  const logits = await inChunks(inference, test);
  writeAtomic(files.labels('test'), formatNpy(test.labels, [test.count]));
  // The last one: that it is there says that the test set was opened.
  writeAtomic(files.predictions('test'), formatNpy(logits, [test.count, run.data.classes.length]));
  inference.dispose();
  network.dispose();
  test.close();
}
