import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { UserError } from '../config/errors';
import { npyHeader } from '../data/npyHeader';
import { openNpyRows } from '../data/npyRows';
import { writeParts } from '../runs/atomic';
import type { RunFile } from '../runs/files';
import { readResult } from '../runs/folder';
import { layout } from '../runs/layout';
import { keepTopK, keptWidth, spread } from '../tasks/topK';
import type { TrainingData } from './trainingData';

/**
 * Name in the cache of a teacher's soft targets: a hash of all that made them. So a cache can be shared, copied and
 * deleted, and is never the wrong one.
 *
 * @param run the teacher's own, or that of a student on the same data
 * @param teacher its identity, and its folder (absolute)
 */
export async function softTargetsKey(
  run: Pick<RunFile, 'data' | 'numerics' | 'topK'>,
  teacher: { identity: string; folder: string },
): Promise<string> {
  const { value: result } = await readResult(teacher.folder);
  if (result === null)
    throw new UserError(`The teacher in ${teacher.folder} is not trained yet: train it first.`);
  const made = ['soft targets', 1, teacher.identity, result.weights, run.data.hash, run.numerics];
  if (run.topK !== undefined) made.push(run.topK);
  return createHash('sha256').update(JSON.stringify(made)).digest('hex');
}

/** Soft targets in the cache. */
export interface SoftTargets {
  /** Logits of some examples, by row, row-major, [n, C]. */
  take(rows: ArrayLike<number>): Float32Array;
  close(): void;
}

/** Null where they were not extracted yet. @throws UserError where the file is not what it should be */
export function openSoftTargets(
  root: string,
  key: string,
  data: TrainingData,
  topK?: number,
): SoftTargets | null {
  const file = layout.softTargets(root, key);
  if (!existsSync(file)) return null;
  const rows = openNpyRows(file);
  const expected = shapeOf(data, topK);
  if (rows.shape.join() !== expected.join()) {
    rows.close();
    throw new UserError(
      `${file} holds soft targets of shape [${rows.shape.join(', ')}]; [${expected.join(', ')}] was expected. Delete it and run again.`,
    );
  }
  if (topK === undefined) return rows;
  return { ...rows, take: (wanted) => spread(rows.take(wanted), data.classes.length, topK) };
}

/** @param parts logits of the training examples and then of the validation examples, row-major, some at a time */
export function writeSoftTargets(
  root: string,
  key: string,
  parts: AsyncIterable<Float32Array>,
  data: TrainingData,
  topK?: number,
): Promise<void> {
  return writeParts(layout.softTargets(root, key), bytesOf(parts, data, topK));
}

async function* bytesOf(parts: AsyncIterable<Float32Array>, data: TrainingData, topK: number | undefined) {
  yield npyHeader(shapeOf(data, topK));
  for await (const logits of parts) {
    const { buffer, byteOffset, byteLength } =
      topK === undefined ? logits : keepTopK(logits, data.classes.length, topK);
    yield new Uint8Array(buffer, byteOffset, byteLength);
  }
}

const shapeOf = ({ train, validation, classes }: TrainingData, topK: number | undefined) =>
  [train.count + validation.count, topK === undefined ? classes.length : keptWidth(topK)] as const;
