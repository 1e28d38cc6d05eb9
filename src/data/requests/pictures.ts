import type { DataConfig } from '../../config/data';
import { loadData } from '../load';
import { splitRows } from '../split';

/** Inputs as images. */
export interface Pictures {
  /** [height, width, channels]. */
  shape: number[];
  /** Of each example, as read, row-major. */
  inputs: number[][];
}

/** Larger images than 32 × 32 in colour are not sent to the page. */
const MOST_NUMBERS = 32 * 32 * 3;

/**
 * Examples of a part of the data, by their index in it. Null if the inputs are not images, or if the data do not have this
 * `hash`.
 * @throws UserError, as loadData does
 */
export async function pictures({
  config,
  folder,
  hash,
  part,
  examples,
}: {
  config: DataConfig;
  folder: string;
  hash: string;
  part: 'validation' | 'test';
  examples: readonly number[];
}): Promise<Pictures | null> {
  const data = await loadData(config, folder);
  try {
    const { pictureShape: shape, inputs } = data;
    if (shape === null || data.hash !== hash || inputs.width > MOST_NUMBERS) return null;
    const rows = splitRows(data.labels, data.classes.length, config.split)[part];
    if (examples.some((example) => example >= rows.length)) return null;
    const numbers = inputs.take(examples.map((example) => rows[example]!));
    return {
      shape,
      inputs: examples.map((_, i) => [...numbers.subarray(i * inputs.width, (i + 1) * inputs.width)]),
    };
  } finally {
    data.inputs.close();
  }
}
