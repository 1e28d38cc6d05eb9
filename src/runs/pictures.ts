import { resolve } from 'node:path';
import { UserError } from '../config/errors';
import { loadData } from '../data/load';
import { splitRows } from '../data/split';
import { readRunFile } from './folder';

/** Inputs as they can be drawn. */
export interface Pictures {
  /** [height, width, channels]. */
  shape: number[];
  /** Of each example, as read, row-major. */
  inputs: number[][];
}

/** Larger pictures than 32 × 32 in colour are too many numbers to send to a page. */
const MOST_NUMBERS = 32 * 32 * 3;

/**
 * Examples of a run’s part of the data, by their place in it. Null where the inputs are no pictures, and where the data
 * are gone or are not those that the run was tried on.
 */
export async function readPictures(
  folder: string,
  part: 'validation' | 'test',
  examples: readonly number[],
): Promise<Pictures | null> {
  const { value: run } = await readRunFile(folder);
  if (!run || examples.length === 0) return null;
  try {
    const data = await loadData(run.data.config, resolve(folder, run.root));
    try {
      const { pictureShape: shape, inputs } = data;
      if (shape === null || data.hash !== run.data.hash || inputs.width > MOST_NUMBERS) return null;
      const rows = splitRows(data.labels, data.classes.length, run.data.config.split)[part];
      if (examples.some((example) => example >= rows.length)) return null;
      const numbers = inputs.take(examples.map((example) => rows[example]!));
      return {
        shape,
        inputs: examples.map((_, i) => [...numbers.subarray(i * inputs.width, (i + 1) * inputs.width)]),
      };
    } finally {
      data.inputs.close();
    }
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
