import { stat } from 'node:fs/promises';
import { UserError } from '../config/errors';
import { readAtMost } from '../config/wholeFile';
import { parseNpy } from '../data/npy';
import type { Predictions, RunInput } from '../results/input';
import { unlessMissing } from './atomic';
import { costIn } from './cost';
import { readCost, readResult, readRunFile } from './folder';
import { runFiles } from './layout';
import type { RunDraft } from './plan';
import { runStatus } from './status';

/** The results in the folder of one run. `planned` is what should be done; null if unknown. */
export async function readRunInput(
  folder: string,
  seed: number,
  planned: Pick<RunDraft, 'identity' | 'training' | 'steps' | 'network' | 'data'> | null,
): Promise<RunInput> {
  const { status } = await runStatus(folder);
  const { value: result } = await readResult(folder);
  const { value: cost } = await readCost(folder);
  // A run that early stopping ended had the same budget as the others.
  const early = planned?.training.earlyStopping?.stopEarly === true;
  return {
    seed,
    identity: planned?.identity ?? null,
    folder,
    status,
    steps: (early ? planned.steps : result?.steps) ?? null,
    validation: result && (await readPredictions(folder, 'validation')),
    test: result && (await readPredictions(folder, 'test')),
    ...costIn(result, cost, planned),
  };
}

/** Null where they were not kept (yet). @throws UserError where a file is damaged, or larger than run.json implies */
export async function readPredictions(
  folder: string,
  part: 'validation' | 'test',
): Promise<Predictions | null> {
  const files = runFiles(folder);
  const [logitsFile, labelsFile] = [files.predictions(part), files.labels(part)];
  const [logitBytes, labelBytes] = await Promise.all(
    [logitsFile, labelsFile].map(async (file) =>
      unlessMissing(readAtMost(file, await mostBytes(folder, part, file))),
    ),
  );
  if (!logitBytes || !labelBytes) return null;
  const logits = parseNpy(logitBytes, logitsFile);
  const labels = parseNpy(labelBytes, labelsFile);
  if (logits.shape.length !== 2 || logits.shape[0] !== labels.data.length)
    throw new UserError(
      `${logitsFile} has the shape [${logits.shape.join(', ')}]; [${labels.data.length}, classes] was expected, a row for each label in ${labelsFile}.`,
    );
  return { logits: Float32Array.from(logits.data), labels: Int32Array.from(labels.data) };
}

/** Smaller files are read without a look at run.json. */
const SMALL = 1_000_000;
/** Of a header, and of a number of the largest type. */
const [HEADER, NUMBER] = [4_096, 8];

/** What a file of predictions or labels may have: a number for each class, and one more of a specialist, of each example. */
async function mostBytes(folder: string, part: 'validation' | 'test', file: string): Promise<number> {
  const there = await unlessMissing(stat(file));
  if (there === null || there.size <= SMALL) return SMALL;
  const { value: run } = await readRunFile(folder);
  if (run === null) return SMALL;
  return Math.max(SMALL, HEADER + NUMBER * run.data.counts[part] * (run.data.classes.length + 1));
}
