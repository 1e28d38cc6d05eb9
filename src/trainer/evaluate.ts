import { UserError } from '../config/errors';
import { formatNpy } from '../data/npy';
import { writeAtomic } from '../runs/atomic';
import { readResult } from '../runs/folder';
import { runFiles } from '../runs/layout';
import { chunkSizes, inChunks } from './chunks';
import { engineOf, openRun } from './openRun';
import { loadTestData } from './testData';
import { openTrained } from './trained';

/** Opens the test set for a finished run: its predictions there. */
export async function evaluate(folder: string): Promise<void> {
  const open = await openRun(folder);
  const { run, root } = open;
  const files = runFiles(open.folder);
  if ((await readResult(open.folder)).value === null)
    throw new UserError(`${folder} is not finished: the test set stays sealed until it is.`);
  const engine = await engineOf(open);
  const test = await loadTestData(run, root);
  const inference = await openTrained(open, engine, chunkSizes(test.count));
  const logits = await inChunks(inference, test);
  writeAtomic(files.labels('test'), formatNpy(test.labels, [test.count]));
  // Written last: its existence means that the test set was opened.
  writeAtomic(files.predictions('test'), formatNpy(logits, [test.count, run.data.classes.length]));
  inference.dispose();
  test.close();
}
