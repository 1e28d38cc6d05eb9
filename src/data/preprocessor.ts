import { shapeAfter, type Preprocessing } from '../config/preprocessing';
import type { DataSet } from './dataSet';
import type { Inputs } from './inputs';
import { denormalize, normalize, type Normalization } from './normalization';
import { resize } from './resize';

/** Converts examples as read to examples as a network gets them. */
export interface Preprocessor {
  readonly resize: Preprocessing['resize'];
  readonly normalization: Normalization | null;
  /** Of one example as the network gets it. */
  readonly shape: readonly number[];
  /** @param values row-major, [n, …], as read; may be modified */
  apply(values: Float32Array): Float32Array;
  /** The inverse of `apply`; does not modify `values`. Not possible if images are resized. */
  undo(values: Float32Array): Float32Array;
}

/**
 * @param fitted returns the normalization for `standardize`; called only if `preprocessing` has it
 * @param inputShape of one example as read
 * @returns null if there is no preprocessing
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
      if (sizes) throw new Error('Resizing of images cannot be undone.');
      return normalization ? denormalize(values.slice(), normalization) : values;
    },
  };
}

/** A data set as a network gets it. */
export interface SeenData extends DataSet {
  /** Inputs as read. */
  raw: Inputs;
  /** Null if there is no preprocessing. */
  preprocessor: Preprocessor | null;
}

/** Inputs as a network gets them: each example is read and then preprocessed. */
export function preprocessed(inputs: Inputs, preprocessor: Preprocessor): Inputs {
  return {
    count: inputs.count,
    width: preprocessor.shape.reduce((a, b) => a * b, 1),
    take: (rows) => preprocessor.apply(inputs.take(rows)),
    close: () => inputs.close(),
  };
}

/** Converts examples as one network gets them to examples as another does; null if both are the same. */
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
