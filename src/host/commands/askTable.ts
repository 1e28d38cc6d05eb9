import { l10n } from 'vscode';
import { columnText, dialectText, type ColumnKey } from '../../config/table';
import type { TableLook } from '../../data/table/inspect';
import { pick, pickMany, type Answer, type QuestionRow, type StepPosition } from './steps';

/** Asks which column is the label, showing the first rows. */
export const askLabel = (
  look: TableLook,
  answered: ColumnKey | undefined,
  position: StepPosition,
): Promise<Answer<ColumnKey>> =>
  pick(
    {
      title: l10n.t('New Experiment: label column'),
      placeholder: l10n.t(
        'Which column is the label? Found: {0}. Nothing is written yet.',
        dialectText(look),
      ),
      choices: labelRows(look),
      answered,
    },
    position,
  );

/** Asks which columns are inputs. */
export const askInputs = (
  look: TableLook,
  label: ColumnKey,
  position: StepPosition,
): Promise<Answer<ColumnKey[]>> =>
  pickMany(
    {
      title: l10n.t('New Experiment: input columns'),
      placeholder: l10n.t('Which columns are inputs? Columns without a check mark are left out.'),
      choices: inputRows(look, label),
    },
    position,
  );

/** Asks how to handle missing cells. */
export const askMissing = (
  cells: number,
  rows: number,
  position: StepPosition,
): Promise<Answer<'drop' | 'mean'>> =>
  pick(
    {
      title: l10n.t('New Experiment: missing cells'),
      placeholder: l10n.t('Missing cells: {0}, in rows: {1}. How should they be handled?', cells, rows),
      choices: [
        { label: l10n.t('Leave out these rows'), value: 'drop' },
        {
          label: l10n.t('Fill in the mean of the column'),
          description: l10n.t('of the training part'),
          value: 'mean',
        },
      ],
    },
    position,
  );

/** The likely label first, then the columns from last to first. */
export function labelRows({ columns, label }: TableLook): QuestionRow<ColumnKey>[] {
  const rows = columns.map(columnRow).reverse();
  return [...rows.filter(({ value }) => value === label), ...rows.filter(({ value }) => value !== label)];
}

/** All columns except the label, in order; likely inputs are checked. */
export const inputRows = ({ columns }: TableLook, label: ColumnKey): QuestionRow<ColumnKey>[] =>
  columns
    .filter(({ key }) => key !== label)
    .map((column) => ({ ...columnRow(column), picked: !column.leaveOut }));

const columnRow = ({ key, taken, values }: TableLook['columns'][number]): QuestionRow<ColumnKey> => ({
  value: key,
  label: typeof key === 'string' ? key : l10n.t('Column {0}', columnText(key)),
  description: taken,
  detail: values.map((value) => (value === '' ? l10n.t('(empty)') : value)).join('  ·  '),
});
