import type { Row } from '../../tasks/softmax';
import { keepTopK, spread } from '../../tasks/topK';
import type { Examples } from './examples';
import { roundToFloat16 } from './float16';
import { octaves } from './grid';
import { logSoften, meanDivergence } from './softened';

/** What keeping less than all of the teacher's logits does, by temperature. */
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
  /** The fewest logits from which on the error of T²·KL stays below 1 %; all of them where fewer do not do. */
  enough: number[];
}

const TOLERANCE = 0.01;

/** Where a cache of soft targets would lose the tail: in float16, or with the k largest logits of an example alone. */
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
