import { resolve } from 'node:path';
import { UserError } from '../../config/errors';
import { loadData } from '../../data/load';
import { splitRows } from '../../data/split';
import type { LaboratoryExample } from '../../results/laboratory/laboratory';
import type { Summary } from '../../results/summary';
import { count } from '../../results/format';
import { readRunFile } from '../folder';
import { readPredictions } from '../runInput';
import { findStudent } from './reader';

/**
 * One row of the data set with what teacher, student and scratch answer. The data are read, and let go again.
 * @param run a student's folder as in the summary; null: the first seed of the headline's arm
 * @throws UserError where no answers to that row were kept, or the data cannot be read
 */
export async function readExample(
  summary: Summary,
  run: string | null,
  row: number,
): Promise<LaboratoryExample> {
  const student = findStudent(summary, run);
  const spec = student && (await readRunFile(student.folder)).value;
  if (!student || !spec) throw new UserError('Answers to every row are kept when a student has finished.');
  const data = await loadData(spec.data.config, resolve(student.folder, spec.root));
  try {
    if (data.hash !== spec.data.hash)
      throw new UserError(
        `The data changed since ${student.arm.title}, seed ${student.seed}, was trained, so its answers cannot be told to rows. Run it again on the data as they are.`,
      );
    const parts = splitRows(data.labels, data.classes.length, spec.data.config.split);
    const part = (['validation', 'test'] as const).find((name) => parts[name].includes(row));
    const own = part && (await readPredictions(student.folder, part));
    if (!part || !own) throw new UserError(notKept(row, data.count, parts, part));
    const at = parts[part].indexOf(row);
    const answer = async (folder: string | null) => {
      const kept = folder === null ? null : await readPredictions(folder, part);
      return kept?.logits.length === own.logits.length ? rowOf(kept.logits, at, data.classes.length) : null;
    };
    return {
      row,
      part,
      label: data.labels[row]!,
      shape: data.pictureShape ?? data.inputShape,
      input: Array.from(data.inputs.take([row])),
      teacher: await answer(student.teacher),
      student: rowOf(own.logits, at, data.classes.length),
      scratch: await answer(student.scratch),
    };
  } finally {
    data.inputs.close();
  }
}

const rowOf = (logits: Float32Array, at: number, classes: number) =>
  Array.from(logits.subarray(at * classes, (at + 1) * classes));

function notKept(
  row: number,
  rows: number,
  { validation }: { validation: Int32Array },
  part: 'validation' | 'test' | undefined,
): string {
  if (!Number.isInteger(row) || row < 0 || row >= rows)
    return `There is no row ${row}. The data have rows 0 to ${count(rows - 1)}.`;
  const nearest = validation.reduce(
    (best, one) => (Math.abs(one - row) < Math.abs(best - row) ? one : best),
    validation[0] ?? 0,
  );
  const where =
    part === 'test'
      ? 'is in the test set, which is sealed until all planned seeds are done'
      : part === 'validation'
        ? 'is a validation example, but this run kept no answers to them'
        : 'is in the training part, of which no answers are kept';
  return `Row ${row} ${where}. The nearest validation example is row ${nearest}.`;
}
