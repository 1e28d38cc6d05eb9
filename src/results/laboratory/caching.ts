import type { Row } from '../../tasks/softmax';
import { keepTopK, spread } from '../../tasks/topK';
import type { Examples } from './examples';
import { octaves } from './grid';
import { logSoften, meanDivergence } from './softened';

/** Errors from storing less than all of the teacher's logits, by temperature. */
export interface CachingError {
  /** Largest error of a softened probability, over examples and classes. */
  probability: number[];
  /** Of the mean T²·KL to the student, as a share of it; null where student and teacher agree. */
  loss: (number | null)[];
}

export interface Caching {
  temperatures: readonly number[];
  float16: CachingError;
  topK: ({ k: number } & CachingError)[];
  /** The fewest logits from which on the error of T²·KL stays below 1 %; all of them where fewer are not enough. */
  enough: number[];
}

const TOLERANCE = 0.01;

/** Error of a smaller cache of soft targets: in float16, or with the k largest logits of an example alone. */
export function cachingErrors({
  teacher,
  student,
  classes,
}: Pick<Examples, 'teacher' | 'student' | 'classes'>): Caching {
  const exact = octaves.map((t) => {
    const [logP, logQ] = [logSoften(teacher, classes, t), logSoften(student, classes, t)];
    return { t, logQ, p: logP.map(Math.exp), divergence: meanDivergence(logP, logQ, classes) };
  });
  const error = (kept: Row): CachingError => {
    const each = exact.map(({ t, p, logQ, divergence }) => {
      const logKept = logSoften(kept, classes, t);
      const off = Math.abs(meanDivergence(logKept, logQ, classes) - divergence);
      return {
        probability: largestDifference(p, logKept.map(Math.exp)),
        loss: divergence > 0 ? off / divergence : null,
      };
    });
    return { probability: each.map((e) => e.probability), loss: each.map((e) => e.loss) };
  };
  const logits = Float32Array.from(teacher);
  const topK = candidates(classes).map((k) => ({
    k,
    ...error(spread(keepTopK(logits, classes, k), classes, k)),
  }));
  return {
    temperatures: octaves,
    float16: error(logits.map(roundToFloat16)),
    topK,
    enough: octaves.map((_, at) => {
      const tooFew = topK.findLast(({ loss }) => (loss[at] ?? 0) >= TOLERANCE);
      const next = topK[tooFew === undefined ? 0 : topK.indexOf(tooFew) + 1];
      return next?.k ?? classes;
    }),
  };
}

/** 1, 2, 3 …, then about half as many again each time, below the number of classes. */
function candidates(classes: number): number[] {
  const ks: number[] = [];
  for (let k = 1; k < classes; k = Math.max(k + 1, k > 10 ? Math.round(1.5 * k) : 0)) ks.push(k);
  return ks;
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i]! - b[i]!));
  return most;
}

const SMALLEST_NORMAL_EXPONENT = -14;
const FRACTION_BITS = 10;
const LARGEST = 65_504;

/** The nearest number of IEEE 754 binary16, of two equally near the even one; ±∞ beyond its range. */
export function roundToFloat16(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  const exponent = Math.max(SMALLEST_NORMAL_EXPONENT, Math.floor(Math.log2(Math.abs(value))));
  const unit = 2 ** (exponent - FRACTION_BITS);
  const rounded = roundToEven(value / unit) * unit;
  return Math.abs(rounded) > LARGEST ? Math.sign(rounded) * Infinity : rounded;
}

/** Adding 1.5·2⁵² leaves no fraction bits, and IEEE 754 rounds to even. */
const roundToEven = (value: number) => value + 1.5 * 2 ** 52 - 1.5 * 2 ** 52;
