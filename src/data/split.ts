import type { Labels, Split } from '../config/data';
import { UserError } from '../config/errors';
import type { DataSet } from './dataSet';
import { stream, type Random } from './random';

/** Row numbers of the data set, ascending. */
export interface Parts {
  train: Int32Array;
  validation: Int32Array;
  test: Int32Array;
}

/**
 * The three parts, which are disjoint. If stratified, the class proportions of each part are exact to within one example.
 * @param labels class numbers 0 … classes − 1
 * @throws UserError if the split is impossible
 */
export function splitRows(labels: Int32Array, classes: number, split: Split): Parts {
  const { train, validation, test } = partSizes(labels.length, split);
  const unused = labels.length - train - validation - test;
  const groups = split.stratified
    ? rowsByClass(labels, allRows(labels.length), classes)
    : [allRows(labels.length)];
  const sizes = shareOut(
    groups.map((group) => group.length),
    [test, validation, train, unused],
  );
  const parts: number[][] = [[], [], [], []];
  for (const [g, group] of groups.entries()) {
    const shuffled = stream(split.seed, 'split', g).shuffle(group);
    let at = 0;
    for (const [p, part] of parts.entries()) {
      const size = sizes[g]![p]!;
      for (const row of shuffled.slice(at, at + size)) part.push(row);
      at += size;
    }
  }
  const [testRows, validationRows, trainRows] = parts.map((rows) => Int32Array.from(rows).sort());
  return { train: trainRows!, validation: validationRows!, test: testRows! };
}

/**
 * The training rows that are labelled for a student of this seed, ascending: stratified, and nested (the 100 of a smaller
 * count are among the 200 of a larger one). All of `train` if `labels` is undefined.
 * @throws UserError if there are too few, or none
 */
export function labelledRows(
  data: Pick<DataSet, 'labels' | 'labelFile' | 'classes'>,
  train: Int32Array,
  labels: Labels | undefined,
  seed: number,
): Int32Array {
  if (labels === undefined) return train;
  if (data.labelFile !== null) {
    const named = new Set(data.labelFile);
    const rows = train.filter((row) => named.has(row));
    if (rows.length > 0) return rows;
    throw new UserError(
      `None of the ${named.size} rows in ${labels.file ?? 'labels.file'} is in the training part. List rows of the training part, or change the split.`,
    );
  }
  const count = labels.count ?? Math.max(1, Math.round((labels.fraction ?? 1) * train.length));
  if (count > train.length)
    throw new UserError(
      `data.labels requires ${count} labelled examples, but the training part has ${train.length}. Reduce the number, or enlarge the training part.`,
    );
  const random = stream(seed, 'labels');
  const groups = rowsByClass(data.labels, train, data.classes.length).map((group) => random.shuffle(group));
  return Int32Array.from(proportionalPrefix(groups, count, random)).sort();
}

function partSizes(count: number, split: Split): { train: number; validation: number; test: number } {
  const size = (value: number, name: string) => {
    if (value >= 1 && !Number.isInteger(value))
      throw new UserError(
        `split.${name} is ${value}: give a whole number of examples, or a fraction below 1.`,
      );
    return value < 1 ? Math.round(value * count) : value;
  };
  const validation = size(split.validation ?? 0.15, 'validation');
  const test = size(split.test ?? 0.25, 'test');
  const left = count - validation - test;
  const wanted = split.train === undefined ? left : size(split.train, 'train');
  // Fractions that add up to 1 may round to one example too many; the training part then has one less.
  const train = split.train !== undefined && split.train < 1 && wanted === left + 1 ? left : wanted;
  const sizes = `${train} training, ${validation} validation and ${test} test examples`;
  if (train + validation + test > count)
    throw new UserError(
      `The split requires ${sizes}, ${train + validation + test} in total, but there are only ${count}. Reduce the numbers.`,
    );
  if (train < 1 || test < 1)
    throw new UserError(
      `The split of ${count} examples gives ${sizes}. Training and test need at least one each.`,
    );
  return { train, validation, test };
}

/**
 * Numbers of examples, [groups, parts]: proportional shares rounded down or up, so that the sums of groups and parts are
 * exact. The remainders after rounding down go, group by group, to the parts that lack most (Havel and Hakimi, for 0–1
 * tables).
 */
function shareOut(groups: readonly number[], parts: readonly number[]): number[][] {
  const total = groups.reduce((a, b) => a + b, 0);
  const table = groups.map((group) => parts.map((part) => Math.floor((group * part) / total)));
  const lacking = parts.map((part, p) => part - table.reduce((sum, row) => sum + row[p]!, 0));
  for (const [g, row] of table.entries()) {
    const extra = groups[g]! - row.reduce((a, b) => a + b, 0);
    const neediest = parts.map((_, p) => p).sort((a, b) => lacking[b]! - lacking[a]! || a - b);
    for (const p of neediest.slice(0, extra)) {
      row[p]!++;
      lacking[p]!--;
    }
  }
  return table;
}

/**
 * The first `count` of one sequence over all groups in which, at every length, each group's number is proportional to
 * within one: the quota method of Balinski and Young (1975). Ties are broken at random, so that no class is always first.
 */
function proportionalPrefix(groups: readonly number[][], count: number, random: Random): number[] {
  const total = groups.reduce((sum, group) => sum + group.length, 0);
  const order = random.shuffle(groups.map((_, g) => g));
  const taken = groups.map(() => 0);
  const rows: number[] = [];
  for (let length = 1; length <= count; length++) {
    let next = -1;
    let highest = 0;
    for (const g of order) {
      const size = groups[g]!.length;
      const underQuota = taken[g]! * total < length * size;
      if (underQuota && size / (taken[g]! + 1) > highest) {
        highest = size / (taken[g]! + 1);
        next = g;
      }
    }
    rows.push(groups[next]![taken[next]!++]!);
  }
  return rows;
}

function rowsByClass(labels: Int32Array, rows: Int32Array | number[], classes: number): number[][] {
  const groups: number[][] = Array.from({ length: classes }, () => []);
  for (const row of rows) groups[labels[row]!]!.push(row);
  return groups;
}

const allRows = (count: number) => Array.from({ length: count }, (_, row) => row);
