import { correct } from '../../tasks/classification';
import type { Predictions } from '../input';
import { spread } from '../../sampleStatistics';
import type { Spread } from '../summary';

/** Up to here each class is shown; of more only what changed most. */
export const MOST_CLASSES = 30;

/** Accuracy of one class (0–1) over seeds, and what distillation gained there. */
export interface ClassResult {
  /** Number of the class; null for the classes that are not shown one by one. */
  index: number | null;
  /** Number of classes in this row. */
  classes: number;
  examples: number;
  teacher: Spread | null;
  scratch: Spread | null;
  distilled: Spread | null;
  gain: number | null;
}

/** How many examples there are of each class: [C]. */
export function examplesPerClass({ logits, labels }: Predictions): number[] {
  const examples = new Array<number>(logits.length / labels.length).fill(0);
  for (const label of labels) examples[label]!++;
  return examples;
}

/** Share of each class’s examples that are right, over seeds: [C]; null for a class without examples. */
export function accuracyPerClass(seeds: readonly Predictions[]): (Spread | null)[] {
  const each = seeds.map((one) => {
    const right = correct(one.logits, one.labels);
    const hits = examplesPerClass(one).map(() => 0);
    one.labels.forEach((label, row) => (hits[label]! += right[row]!));
    return examplesPerClass(one).map((count, index) => (count === 0 ? null : hits[index]! / count));
  });
  return (each[0] ?? []).map((_, index) => spread(each.flatMap((shares) => shares[index] ?? [])));
}

/** A row for each class, the largest gain first; classes that cannot be compared are last, in their order. */
export function perClass(
  examples: readonly number[],
  by: Record<'teacher' | 'scratch' | 'distilled', readonly (Spread | null)[]>,
): ClassResult[] {
  const rows = examples.map((count, index): ClassResult => {
    const [scratch, distilled] = [by.scratch[index] ?? null, by.distilled[index] ?? null];
    return {
      index,
      classes: 1,
      examples: count,
      teacher: by.teacher[index] ?? null,
      scratch,
      distilled,
      gain: scratch && distilled && distilled.mean - scratch.mean,
    };
  });
  return rows.sort((a, b) => (b.gain ?? -Infinity) - (a.gain ?? -Infinity) || a.index! - b.index!);
}

/** Of very many classes those that changed most, by gain, and the others together in one row. */
export function mostChangedClasses(rows: readonly ClassResult[], most: number): ClassResult[] {
  if (rows.length <= most) return [...rows];
  const order = [...rows].sort((a, b) => Math.abs(b.gain ?? 0) - Math.abs(a.gain ?? 0));
  const shown = new Set(order.slice(0, most));
  return [...rows.filter((row) => shown.has(row)), together(order.slice(most))];
}

/** The accuracy of several classes as if they were one. */
function together(rows: readonly ClassResult[]): ClassResult {
  const mean = (of: (row: ClassResult) => number | null | undefined): number | null => {
    const known = rows.flatMap((row) => {
      const value = of(row);
      return value === null || value === undefined ? [] : [{ value, weight: row.examples }];
    });
    const weight = known.reduce((sum, one) => sum + one.weight, 0);
    return weight === 0 ? null : known.reduce((sum, one) => sum + one.value * one.weight, 0) / weight;
  };
  // Seeds are averaged before classes are: what they spread over all of these is not known from here.
  const whole = (value: number | null) => (value === null ? null : { mean: value, sd: 0, n: 1 });
  return {
    index: null,
    classes: rows.length,
    examples: rows.reduce((sum, row) => sum + row.examples, 0),
    teacher: whole(mean((row) => row.teacher?.mean)),
    scratch: whole(mean((row) => row.scratch?.mean)),
    distilled: whole(mean((row) => row.distilled?.mean)),
    gain: mean((row) => row.gain),
  };
}
