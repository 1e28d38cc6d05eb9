import { UserError } from '../config/errors';
import { writeJson } from '../runs/atomic';
import { costKey } from '../runs/cost';
import { SCHEMA_VERSION } from '../runs/files';
import type { CostFile } from '../runs/files';
import { readResult } from '../runs/folder';
import { runFiles } from '../runs/layout';
import { measureLatency } from './latency';
import { engineOf, openRun } from './openRun';
import { openTrained } from './trained';
import { peakBytes } from './usage';

const BATCHES = [1, 32];

/** Measures what the network of a finished run costs to run, and writes its cost.json. Reads no data. */
export async function measureCost(folder: string): Promise<void> {
  const open = await openRun(folder);
  const { run } = open;
  if ((await readResult(open.folder)).value === null)
    throw new UserError(`${folder} is not finished: there is no network to measure yet.`);
  const engine = await engineOf(open);
  const { inputShape } = run.data;
  const inference = await openTrained(open, engine, BATCHES);
  const latency: CostFile['latency'] = [];
  for (const batch of BATCHES) latency.push(await measureLatency(inference, inputShape, batch));
  writeJson(runFiles(open.folder).cost, {
    schemaVersion: SCHEMA_VERSION,
    engine: run.numerics.engine,
    of: costKey(run),
    latency,
    multiplyAdds: inference.multiplyAdds,
    peakBytes: peakBytes(),
  } satisfies CostFile);
  inference.dispose();
}
