import { logSoftmax } from './softmax';
import { mean } from '../sampleStatistics';

export type Average = 'probabilities' | 'logits';

/**
 * Joint prediction of several models as logits, row-major, [N, C]: the logarithm of the arithmetic mean of their
 * probabilities at T 1, or the mean of their logits, which is the geometric mean of the probabilities (Hinton, Vinyals,
 * Dean 2015, §1 and §3, name both).
 *
 * @param members logits of each, all of the same shape
 */
export function averaged(members: readonly Float32Array[], classes: number, average: Average): Float32Array {
  const out = new Float32Array(members[0]!.length);
  for (let at = 0; at < out.length; at += classes) {
    const rows = members.map((logits) => logits.subarray(at, at + classes));
    const scores = average === 'logits' ? rows : rows.map((row) => logSoftmax(row));
    for (let c = 0; c < classes; c++) {
      const each = scores.map((row) => row[c]!);
      out[at + c] = average === 'logits' ? mean(each) : logMeanExp(each);
    }
  }
  return out;
}

function logMeanExp(values: readonly number[]): number {
  const most = Math.max(...values);
  return most + Math.log(mean(values.map((value) => Math.exp(value - most))));
}
