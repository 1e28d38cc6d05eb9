import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { UserError } from '../config/errors';
import { formatJson, writeFirst } from '../runs/atomic';
import type { EventWriter } from '../runs/events';
import type { ResultFile } from '../runs/files';
import { readResult } from '../runs/folder';
import { runFiles } from '../runs/layout';
import { evaluationSizes, evaluator } from './evaluation';
import { writeResult } from './finish';
import { keepNormalization } from './normalizationFile';
import { engineOf, type OpenRun } from './openRun';
import { chooseProbes, probesFile } from './probes';
import { openTrained } from './trained';
import { loadTrainingData } from './trainingData';
import { rowOf } from '../tasks/softmax';

/** Writes what an ensemble of trained teachers answers together, as a training would: nothing is trained. */
export async function formEnsemble(open: OpenRun, events: EventWriter): Promise<'finished'> {
  const { run, root, folder } = open;
  const members = await memberResults(open);
  const total = (key: 'parameters' | 'bytes' | 'trainingSeconds') =>
    members.reduce((sum, member) => sum + member[key], 0);
  const now = () => ({ time: Date.now(), step: 0 });
  events.write({
    ...now(),
    event: 'start',
    attempt: events.attempt,
    pid: process.pid,
    host: hostname(),
    parameters: total('parameters'),
  });
  const data = await loadTrainingData(run, root);
  keepNormalization(open, data.preprocessor);
  const inference = await openTrained(open, await engineOf(open), evaluationSizes(data));
  const chosen = chooseProbes(data.validation.labels, null, data.classes.length);
  writeFirst(runFiles(folder).probes, formatJson(probesFile(data, chosen, null)));
  const { metrics, validationLogits } = await evaluator(inference, data, null)();
  events.write({ ...now(), event: 'evaluation', epoch: 0, ...metrics });
  const logits = chosen.map((i) => rowOf(validationLogits, i, data.classes.length));
  events.write({ ...now(), event: 'probe', logits });
  writeResult(folder, data, validationLogits, {
    attempt: events.attempt,
    steps: 0,
    selectedStep: 0,
    parameters: total('parameters'),
    bytes: total('bytes'),
    trainingSeconds: total('trainingSeconds'),
    trainedTogether: 1,
    cpuSeconds: unlessUnknown(members, (each) => each.reduce((sum, one) => sum + one, 0), 'cpuSeconds'),
    peakBytes: unlessUnknown(members, (each) => Math.max(...each), 'peakBytes'),
    weights: createHash('sha256')
      .update(JSON.stringify(members.map(({ weights }) => weights)))
      .digest('hex'),
    numTensors: { first: 0, last: 0 },
  });
  inference.dispose();
  data.train.close();
  return 'finished';
}

/** Over all members; null where one of them does not tell. */
function unlessUnknown(
  members: readonly ResultFile[],
  over: (each: number[]) => number,
  key: 'cpuSeconds' | 'peakBytes',
): number | null {
  const known = members.flatMap((member) => member[key] ?? []);
  return known.length < members.length ? null : over(known);
}

async function memberResults({ run, root }: OpenRun): Promise<ResultFile[]> {
  const results: ResultFile[] = [];
  for (const { name, seed, folder } of run.ensemble?.members ?? []) {
    const { value } = await readResult(resolve(root, folder));
    if (value === null)
      throw new UserError(
        `${name}, seed ${seed}, of this ensemble is not trained yet (${folder}): train it first.`,
      );
    results.push(value);
  }
  return results;
}
