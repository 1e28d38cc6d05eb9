import { resolve } from 'node:path';
import { UserError } from '../../config/errors';
import { dataFiles } from '../../config/root';
import type { Reader } from '../../data/reader';
import type { DataRow } from '../../data/requests/row';
import type { LaboratoryExample } from '../../results/laboratory/laboratory';
import type { Summary } from '../../results/summary';
import { count } from '../../results/format';
import { readRunFile } from '../folder';
import { readPredictions } from '../runInput';
import { findStudent } from './reader';
import { rowOf } from '../../tasks/softmax';

/**
 * One row of the data set with what teacher, student and scratch answer.
 * @param run a student's folder as in the summary; null: the first seed of the headline's arm
 * @throws UserError where no answers to that row were kept, or the data cannot be read
 */
export async function readExample(
  summary: Summary,
  run: string | null,
  row: number,
  reader: Reader,
): Promise<LaboratoryExample> {
  const student = findStudent(summary, run);
  const spec = student && (await readRunFile(student.folder)).value;
  if (!student || !spec) throw new UserError('Answers to every row are kept when a student has finished.');
  const { config, hash } = spec.data;
  const folder = resolve(student.folder, spec.root);
  const data = await reader.ask('row', dataFiles(config, folder), { config, folder, row });
  if (data.hash !== hash)
    throw new UserError(
      `The data changed since ${student.arm.title}, seed ${student.seed}, was trained, so its answers cannot be assigned to rows. Run it again on the current data.`,
    );
  const { found, classes } = data;
  const part = found === null || found.part === 'train' ? null : found.part;
  const own = part && (await readPredictions(student.folder, part));
  if (!found || !part || !own) throw new UserError(notKept(row, data));
  const { at, label, shape, input } = found;
  const answer = async (run: string | null) => {
    const kept = run === null ? null : await readPredictions(run, part);
    return kept?.logits.length === own.logits.length ? rowOf(kept.logits, at, classes) : null;
  };
  return {
    row,
    part,
    label,
    shape,
    input,
    teacher: await answer(student.teacher),
    student: rowOf(own.logits, at, classes),
    scratch: await answer(student.scratch),
  };
}

function notKept(row: number, { count: rows, found, nearest }: DataRow): string {
  if (found === null) return `There is no row ${row}. The data have rows 0 to ${count(rows - 1)}.`;
  const where = {
    test: 'is in the test set, which is sealed until all planned seeds are done',
    validation: 'is a validation example, but this run kept no answers to them',
    train: 'is in the training part, of which no answers are kept',
  };
  return `Row ${row} ${where[found.part]}. The nearest validation example is row ${nearest}.`;
}
