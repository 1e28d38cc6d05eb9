import type { Row } from '../../tasks/softmax';
import type { Examples } from './examples';

/**
 * The wrong classes, likeliest first; of equal ones the first. The same at every temperature.
 */
export function wrongClasses(logits: Row, label: number): number[] {
  return Array.from({ length: logits.length }, (_, c) => c)
    .filter((c) => c !== label)
    .sort((a, b) => logits[b]! - logits[a]! || a - b);
}

/**
 * Kendall's rank correlation of two networks' orders of the wrong classes (Kendall 1938): 1 where both order them alike,
 * 0 where they are unrelated, −1 where they are reversed. Ties count as neither.
 */
export function orderAgreement(a: Row, b: Row, label: number): number {
  let balance = 0;
  let pairs = 0;
  for (let i = 0; i < a.length; i++) {
    if (i === label) continue;
    for (let j = i + 1; j < a.length; j++) {
      if (j === label) continue;
      balance += Math.sign(a[i]! - a[j]!) * Math.sign(b[i]! - b[j]!);
      pairs++;
    }
  }
  return pairs === 0 ? 1 : balance / pairs;
}

/** Mean over the examples, of student and scratch against the teacher. */
export function meanOrderAgreement({ teacher, student, scratch, labels, classes }: Examples) {
  const row = (logits: Row, i: number) => Array.from({ length: classes }, (_, c) => logits[i * classes + c]!);
  const of = (other: Row) => {
    let sum = 0;
    for (let i = 0; i < labels.length; i++) sum += orderAgreement(row(teacher, i), row(other, i), labels[i]!);
    return sum / labels.length;
  };
  return { student: of(student), scratch: scratch && of(scratch) };
}
