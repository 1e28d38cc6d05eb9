import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { UserError } from '../config/errors';
import { formatNpy, parseNpy } from '../data/npy';
import { unlessMissing, writeAtomic } from '../runs/atomic';
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
export async function readSoftTargets(
  root: string,
  key: string,
  data: TrainingData,
): Promise<Float32Array | null> {
  const file = layout.softTargets(root, key);
  const bytes = await unlessMissing(readFile(file));
  if (bytes === null) return null;
  const { shape, data: values } = parseNpy(bytes, file);
  const rows = data.train.count + data.validation.count;
  if (!(values instanceof Float32Array) || shape[0] !== rows || shape[1] !== data.classes.length)
    throw new UserError(
      `${file} holds soft targets of shape [${shape.join(', ')}]; [${rows}, ${data.classes.length}] was expected. Delete it and run again.`,
    );
  return values;
}

export function writeSoftTargets(root: string, key: string, values: Float32Array, data: TrainingData): void {
  const shape = [data.train.count + data.validation.count, data.classes.length];
  writeAtomic(layout.softTargets(root, key), formatNpy(values, shape));
}
