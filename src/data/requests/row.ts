import type { DataConfig } from '../../config/data';
import { loadData } from '../load';
import { splitRows } from '../split';

/** One example of a data set and its place in the split. */
export interface DataRow {
  /** Hash of the current data. */
  hash: string;
  /** Rows of the data set. */
  count: number;
  /** Number of classes. */
  classes: number;
  /** The nearest row that is a validation example. */
  nearest: number;
  /** Null if there is no such row. */
  found: {
    part: 'train' | 'validation' | 'test';
    /** Its index in the part. */
    at: number;
    label: number;
    /** [height, width, channels] of an image, otherwise the shape of the input. */
    shape: number[];
    /** Scaled, row-major. */
    input: number[];
  } | null;
}

/** @throws UserError, as loadData does */
export async function row({
  config,
  folder,
  row: wanted,
}: {
  config: DataConfig;
  folder: string;
  row: number;
}): Promise<DataRow> {
  const data = await loadData(config, folder);
  try {
    const parts = splitRows(data.labels, data.classes.length, config.split);
    const nearest = parts.validation.reduce(
      (best, one) => (Math.abs(one - wanted) < Math.abs(best - wanted) ? one : best),
      parts.validation[0] ?? 0,
    );
    const part = (['train', 'validation', 'test'] as const).find((name) => parts[name].includes(wanted));
    return {
      hash: data.hash,
      count: data.count,
      classes: data.classes.length,
      nearest,
      found:
        part === undefined
          ? null
          : {
              part,
              at: parts[part].indexOf(wanted),
              label: data.labels[wanted]!,
              shape: data.pictureShape ?? data.inputShape,
              input: Array.from(data.inputs.take([wanted])),
            },
    };
  } finally {
    data.inputs.close();
  }
}
