import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { UserError } from '../config/errors';
import { npyHeader } from '../data/npy';
import { openNpyRows, type NpyRows } from '../data/npyRows';
import { writeParts } from '../runs/atomic';
import type { RunFile } from '../runs/files';
import { readResult } from '../runs/folder';
import { layout } from '../runs/layout';
import type { TrainingData } from './trainingData';

/**
 * Name in the cache of a teacher's soft targets: a hash of all that made them. So a cache can be shared, copied and
 * deleted, and is never the wrong one.
 *
 * @param run the teacher's own, or that of a student on the same data
 * @param teacher its identity, and its folder (absolute)
 */
export async function softTargetsKey(
  run: Pick<RunFile, 'data' | 'numerics'>,
  teacher: { identity: string; folder: string },
): Promise<string> {
  const { value: result } = await readResult(teacher.folder);
  if (result === null)
    throw new UserError(`The teacher in ${teacher.folder} is not trained yet: train it first.`);
  const made = ['soft targets', 1, teacher.identity, result.weights, run.data.hash, run.numerics];
  return createHash('sha256').update(JSON.stringify(made)).digest('hex');
}

/** Null where they were not extracted yet. @throws UserError where the file is not what it should be */
export function openSoftTargets(root: string, key: string, data: TrainingData): NpyRows | null {
  const file = layout.softTargets(root, key);
  if (!existsSync(file)) return null;
  const rows = openNpyRows(file);
  const expected = shapeOf(data);
  if (rows.shape.every((length, axis) => length === expected[axis])) return rows;
  rows.close();
  throw new UserError(
    `${file} holds soft targets of shape [${rows.shape.join(', ')}]; [${expected.join(', ')}] was expected. Delete it and run again.`,
  );
}

/** @param parts logits of the training examples and then of the validation examples, row-major, some at a time */
export function writeSoftTargets(
  root: string,
  key: string,
  parts: AsyncIterable<Float32Array>,
  data: TrainingData,
): Promise<void> {
  return writeParts(layout.softTargets(root, key), bytesOf(parts, shapeOf(data)));
}

async function* bytesOf(parts: AsyncIterable<Float32Array>, shape: readonly number[]) {
  yield npyHeader(shape);
  for await (const { buffer, byteOffset, byteLength } of parts)
    yield new Uint8Array(buffer, byteOffset, byteLength);
}

const shapeOf = ({ train, validation, classes }: TrainingData) =>
  [train.count + validation.count, classes.length] as const;
