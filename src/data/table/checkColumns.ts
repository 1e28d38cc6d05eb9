import { UserError } from '../../config/errors';
import { columnText, listed } from '../../config/table';
import { isDate, refusal } from './cells';
import { MOST_CATEGORIES, type Column } from './column';
import type { OpenTable } from './open';
import type { Selection } from './selectColumns';
import { unitsOf, unitsText } from './units';

/**
 * Every input column must contain numbers or categories.
 * @throws UserError that names a cell with neither; for columns that can only be excluded, with the list for "ignore"
 */
export function checkColumns(
  columns: readonly Column[],
  selection: Selection,
  table: Pick<OpenTable, 'dialect' | 'header'>,
  file: string,
): void {
  const useless: { column: number; why: string }[] = [];
  for (const [i, c] of selection.inputs.entries()) {
    const column = columns[i]!;
    const title = columnText(selection.keyOf(c));
    const why = whyUseless(column);
    const forced = selection.categories.has(c);
    if (!forced) checkCells(column, title, table, file);
    if (why !== null && !(forced && why.kind === 'date'))
      useless.push({ column: c, why: `column ${title} ${why.text}` });
  }
  if (useless.length === 0) return;
  const ignore = [...selection.ignored, ...useless.map(({ column }) => column)]
    .sort((a, b) => a - b)
    .map(selection.keyOf);
  const setting = { path: ['data', 'ignore'], value: ignore };
  throw new UserError(
    `${file}: ${listed(
      useless.map(({ why }) => why),
      5,
    )}. Inputs must be numbers or categories: exclude ${useless.length === 1 ? 'this column' : 'these columns'} with "ignore": ${JSON.stringify(ignore)}.`,
    { setting },
  );
}

export function whyUseless(column: Column): { kind: 'empty' | 'date' | 'text'; text: string } | null {
  const { numbers, words, categories, firstWord, tooMany } = column;
  if (numbers + words === 0) return { kind: 'empty', text: 'has no values' };
  if (numbers > 0 && !tooMany) return null;
  if ([...categories.keys()].every(isDate))
    return { kind: 'date', text: `contains dates or times ("${firstWord?.cell}")` };
  if (!tooMany) return null;
  return {
    kind: 'text',
    text: `contains more than ${MOST_CATEGORIES} different texts ("${firstWord?.cell.slice(0, 40)}")`,
  };
}

/** @throws UserError that names the first cell that is neither a number nor, in a column without numbers, a word */
function checkCells(
  column: Column,
  title: string,
  { dialect, header }: Pick<OpenTable, 'dialect' | 'header'>,
  file: string,
): void {
  const { numbers, words, firstWord, firstNumber, categories } = column;
  if (!firstWord) return;
  const place = (line: number) => `${file}, line ${line}, column ${title}`;
  const units = unitsOf(column, dialect.decimal);
  if (units)
    throw new UserError(
      `${file}, column ${title} contains ${unitsText(column, units)}. Write the numbers alone and the unit into the header, add the column to "categories" to read its cells as texts, or exclude it with "ignore".`,
    );
  for (const [cell, { line }] of categories) {
    const why = refusal(cell, dialect.decimal);
    if (why !== null && !isDate(cell))
      throw new UserError(`${place(line)}: "${cell.slice(0, 40)}" is ${why}.`);
  }
  if (!firstNumber) return;
  if (words > numbers)
    throw new UserError(
      `${place(firstNumber.line)}: "${firstNumber.cell}" is a number in a column of texts such as "${firstWord.cell.slice(0, 40)}". Correct it, or add the column to "categories" to read all its cells as texts.`,
    );
  const hint = firstWord.line === 1 && !header ? '; or is this a header? Then set "header": true' : '';
  throw new UserError(
    `${place(firstWord.line)}: "${firstWord.cell.slice(0, 40)}" is not a finite number. Correct it, remove the row, or add the column to "categories" to read all its cells as texts${hint}.`,
  );
}
