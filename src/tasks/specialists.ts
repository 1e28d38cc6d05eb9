import { softmax } from './softmax';

/** Output of a specialist: one logit for each of its classes, one for all others. */
export interface Opinion {
  /** Its class numbers, ascending. */
  classes: readonly number[];
  /** Row-major, [N, classes + 1]; the last column is the dustbin. */
  logits: Float32Array;
}

/** Far more than the iteration needs; with a single specialist it is exact after one step. */
const MOST_ROUNDS = 200;
const CLOSE = 1e-12;

/**
 * Joint prediction of a generalist and its specialists as logits, row-major, [N, C]: for each example the distribution q that
 * minimises KL(generalist ‖ q) + Σ KL(specialist ‖ q) over the specialists whose classes hold the generalist's answer, q
 * being summed over the classes that a specialist does not tell apart (Hinton, Vinyals, Dean 2015, §5.4, eq. 5, with the
 * single most probable class). At the minimum q is the mean of all their distributions, each dustbin distributed in
 * proportion to q: a fixed-point iteration.
 */
export function together(
  generalist: Float32Array,
  specialists: readonly Opinion[],
  classes: number,
): Float32Array {
  const out = new Float32Array(generalist.length);
  for (let row = 0; row * classes < generalist.length; row++) {
    const own = softmax(generalist.subarray(row * classes, (row + 1) * classes));
    const answer = own.indexOf(Math.max(...own));
    const asked = specialists.filter((one) => one.classes.includes(answer)).map((one) => said(one, row));
    const q = mean(own, asked);
    q.forEach((p, c) => {
      out[row * classes + c] = Math.log(p);
    });
  }
  return out;
}

interface Said {
  classes: readonly number[];
  own: number[];
  dustbin: number;
}

function said({ classes, logits }: Opinion, row: number): Said {
  const width = classes.length + 1;
  const own = softmax(logits.subarray(row * width, (row + 1) * width));
  return { classes, own: own.slice(0, -1), dustbin: own.at(-1)! };
}

function mean(generalist: readonly number[], asked: readonly Said[]): number[] {
  let q = [...generalist];
  for (let round = 0; asked.length > 0 && round < MOST_ROUNDS; round++) {
    const spread = asked.map((one) => spreadBy(one, q));
    const next = q.map((_, c) => spread.reduce((sum, p) => sum + p[c]!, generalist[c]!) / (1 + asked.length));
    const moved = Math.max(...next.map((p, c) => Math.abs(p - q[c]!)));
    q = next;
    if (moved < CLOSE) break;
  }
  return q;
}

/** A specialist's distribution over all classes, its dustbin distributed in proportion to q. */
function spreadBy({ classes, own, dustbin }: Said, q: readonly number[]): number[] {
  const others = q.reduce((sum, p, c) => (classes.includes(c) ? sum : sum + p), 0);
  return q.map((p, c) => {
    const at = classes.indexOf(c);
    if (at >= 0) return own[at]!;
    return others > 0 ? (dustbin * p) / others : dustbin / (q.length - classes.length);
  });
}
