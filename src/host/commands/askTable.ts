import { l10n, window, type QuickPickItem } from 'vscode';
import { columnText, dialectText, type ColumnKey } from '../../config/table';
import type { TableLook } from '../../data/table/inspect';

export interface ColumnRow extends QuickPickItem {
  key: ColumnKey;
}

/** Asks which column is the label and which are inputs, showing the first rows. */
export async function askTable(
  look: TableLook,
): Promise<{ label: ColumnKey; ignore: ColumnKey[] } | undefined> {
  const found = dialectText(look);
  const label = await window.showQuickPick(labelRows(look), {
    title: l10n.t('Which column is the label?'),
    placeHolder: l10n.t('Found: {0}. Nothing is written yet.', found),
    ignoreFocusOut: true,
  });
  if (!label) return undefined;
  const inputs = await window.showQuickPick(inputRows(look, label.key), {
    title: l10n.t('Which columns are inputs?'),
    placeHolder: l10n.t('Found: {0}. Columns without a check mark are left out.', found),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  if (!inputs) return undefined;
  const chosen = new Set(inputs.map(({ key }) => key));
  const ignore = look.columns.map(({ key }) => key).filter((key) => key !== label.key && !chosen.has(key));
  return { label: label.key, ignore };
}

/** The likely label first, then the columns from last to first. */
export function labelRows({ columns, label }: TableLook): ColumnRow[] {
  const rows = columns.map(columnRow).reverse();
  return [...rows.filter(({ key }) => key === label), ...rows.filter(({ key }) => key !== label)];
}

/** All columns except the label, in order; likely inputs are checked. */
export const inputRows = ({ columns }: TableLook, label: ColumnKey): ColumnRow[] =>
  columns
    .filter(({ key }) => key !== label)
    .map((column) => ({ ...columnRow(column), picked: !column.leaveOut }));

const columnRow = ({ key, taken, values }: TableLook['columns'][number]): ColumnRow => ({
  key,
  label: typeof key === 'string' ? key : l10n.t('Column {0}', columnText(key)),
  description: taken,
  detail: values.map((value) => (value === '' ? l10n.t('(empty)') : value)).join('  ·  '),
});

/** How to handle missing cells; undefined if cancelled. */
export async function askMissing(cells: number, rows: number): Promise<'drop' | 'mean' | undefined> {
  const picked = await window.showQuickPick(
    [
      {
        label: l10n.t('Leave out these rows'),
        value: 'drop' as const,
      },
      {
        label: l10n.t('Fill in the mean of the column'),
        description: l10n.t('of the training part'),
        value: 'mean' as const,
      },
    ],
    {
      title: l10n.t('Missing cells: {0}, in rows: {1}', cells, rows),
      placeHolder: l10n.t('How should they be handled?'),
      ignoreFocusOut: true,
    },
  );
  return picked?.value;
}
