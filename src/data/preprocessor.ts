import { shapeAfter, type Preprocessing } from '../config/preprocessing';
import type { DataSet } from './dataSet';
import type { Inputs } from './inputs';
import { denormalize, normalize, type Normalization } from './normalization';
import { resize } from './resize';

/** Brings examples from how they are read to how a network sees them. */
export interface Preprocessor {
  readonly resize: Preprocessing['resize'];
  readonly normalization: Normalization | null;
  /** Of one example as the network sees it. */
  readonly shape: readonly number[];
  /** @param values row-major, [n, …], as read; may be changed */
  apply(values: Float32Array): Float32Array;
  /** Values as read from values as seen, which stay as they are. Not where pictures are resized. */
  undo(values: Float32Array): Float32Array;
}

/**
 * @param fitted what `standardize` stands for; asked only where that is in `preprocessing`
 * @param inputShape of one example as it is read
 * @returns null where examples are seen as they are read
 */
export function preprocessorOf(
  preprocessing: Preprocessing | undefined,
  inputShape: readonly number[],
  fitted: () => Normalization,
): Preprocessor | null {
  if (preprocessing === undefined) return null;
  const { resize: sizes, standardize } = preprocessing;
  const normalization = standardize ? fitted() : (preprocessing.normalize ?? null);
  return {
    resize: sizes,
    normalization,
    shape: shapeAfter(preprocessing, inputShape),
    apply(values) {
      const resized = sizes ? resize(values, sizes.from, sizes.to) : values;
      return normalization ? normalize(resized, normalization) : resized;
    },
    undo(values) {
      if (sizes) throw new Error('Pictures that were resized cannot be had back.');
      return normalization ? denormalize(values.slice(), normalization) : values;
    },
  };
}

/** A data set as a network sees it. */
export interface SeenData extends DataSet {
  /** Inputs as they are read. */
  raw: Inputs;
  /** Null where the network sees them so. */
  preprocessor: Preprocessor | null;
}

/** Inputs as a network sees them: each example is read, and then preprocessed. */
export function preprocessed(inputs: Inputs, preprocessor: Preprocessor): Inputs {
  return {
    count: inputs.count,
    width: preprocessor.shape.reduce((a, b) => a * b, 1),
    take: (rows) => preprocessor.apply(inputs.take(rows)),
    close: () => inputs.close(),
  };
}

/** From examples as one network sees them to how another does; null where that is the same. */
export function between(
  from: Preprocessor | null,
  to: Preprocessor | null,
): ((values: Float32Array) => Float32Array) | null {
  const key = (one: Preprocessor | null) => JSON.stringify([one?.resize, one?.normalization]);
  if (key(from) === key(to)) return null;
  return (values) => {
    const read = from ? from.undo(values) : values.slice();
    return to ? to.apply(read) : read;
  };
}
