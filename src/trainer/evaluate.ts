import { UserError } from '../config/errors';
import { formatNpy } from '../data/npy';
import { writeAtomic, writeJson } from '../runs/atomic';
import { SCHEMA_VERSION } from '../runs/files';
import type { CostFile } from '../runs/files';
import { readResult } from '../runs/folder';
import { runFiles } from '../runs/layout';
import { chunkSizes, inChunks } from './chunks';
import type { Inference } from './inference';
import { engineOf, openRun } from './openRun';
import { loadTestData } from './testData';
import { openTrained } from './trained';

const WARM_UP = 50;
const REPEATS = 300;

/** Opens the test set for a finished run: its predictions there, and what one of them costs. */
export async function evaluate(folder: string): Promise<void> {
  const open = await openRun(folder);
  const { run, root } = open;
  const files = runFiles(open.folder);
  if ((await readResult(open.folder)).value === null)
    throw new UserError(`${folder} is not finished: the test set stays sealed until it is.`);
  const engine = await engineOf(open);
  const test = await loadTestData(run, root);
  const sizes = [1, ...chunkSizes(test.count)];
  const inference = await openTrained(open, engine, sizes);
  const logits = await inChunks(inference, test);
  writeJson(files.cost, {
    schemaVersion: SCHEMA_VERSION,
    engine: run.numerics.engine,
    latency: await measureLatency(inference, test.take([0])),
  } satisfies CostFile);
  writeAtomic(files.labels('test'), formatNpy(test.labels, [test.count]));
  // The last one: that it is there says that the test set was opened.
  writeAtomic(files.predictions('test'), formatNpy(logits, [test.count, run.data.classes.length]));
  inference.dispose();
  test.close();
}

/** From one example as numbers to its logits as numbers, after a warm-up. */
async function measureLatency(inference: Inference, example: Float32Array): Promise<CostFile['latency']> {
  const times: number[] = [];
  for (let i = 0; i < WARM_UP + REPEATS; i++) {
    const begun = performance.now();
    await inference.logits(example);
    if (i >= WARM_UP) times.push(1000 * (performance.now() - begun));
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(share * (times.length - 1))]!;
  return { batch: 1, medianMicroseconds: at(0.5), p95Microseconds: at(0.95), repeats: REPEATS };
}
