import { columnText, type Suspicion, type TableFacts } from '../../config/table';
import type { Column } from './column';
import type { Selection } from './selectColumns';

/** In fewer rows, 0, 1, 2 … can be a coincidence. */
const FEWEST_ROWS = 20;
/** In fewer rows, numbers that are all days such as 20240131 can be a coincidence. */
const FEWEST_DAYS = 5;
const ID =
  /^(?:id|index|idx|nr|no|row|row[ _]?(?:id|nr|number)|.*[ _.-](?:id|nr)|.*[a-z]Id|unnamed: ?\d+|#)$/i;
const DATE = /date|datum|time|zeit/i;
const LABEL = /^(?:label|lab|class|target|tag|y)(?:[ _.-]\w+|\d+)?$/i;

/** Columns that should probably not be inputs, with the reason: ids, codes, dates, constants, columns named like another label. */
export function findSuspects(
  columns: readonly Column[],
  selection: Selection,
  named: boolean,
): TableFacts['suspects'] {
  const label = named ? columnText(selection.keyOf(selection.label)) : '';
  return selection.inputs.flatMap((c, i) => {
    const name = named ? columnText(selection.keyOf(c)) : '';
    const why =
      suspicionOf(columns[i]!, name, label) ??
      (mayNumberRows(columns[i]!, name) && columns[i]!.allDiffer ? 'id' : null);
    return why === null ? [] : [{ column: selection.keyOf(c), why }];
  });
}

/** Suspicions that follow from the statistics of a column. */
export function suspicionOf(column: Column, name: string, label: string): Suspicion | null {
  const { numbers, words, categories, counts, whole, min, max } = column;
  if (words > 0) {
    if (categories.size === words && words >= 5) return 'id';
    if (categories.size === 1 && words > 1) return 'constant';
    return looksLikeLabel(name, label) ? 'label' : null;
  }
  if (counts && whole && numbers >= FEWEST_ROWS) return 'row number';
  if (min === max && numbers > 1) return 'constant';
  if (column.days && numbers >= FEWEST_DAYS) return 'date';
  if (whole && DATE.test(name) && ((min >= 19000101 && max <= 21001231) || min >= 1e8)) return 'date';
  if (whole && column.padded) return column.fewNumbers ? 'code' : 'many codes';
  return whole && min >= 0 && max <= 1 && looksLikeLabel(name, label) ? 'label' : null;
}

function looksLikeLabel(name: string, label: string): boolean {
  const prefix = /^(.+[_.-])[^_.-]+$/.exec(label)?.[1];
  return LABEL.test(name) || (prefix !== undefined && name.startsWith(prefix));
}

/** Integers in a column with the name of an id, or that fill a range like a shuffled numbering. */
const mayNumberRows = (column: Column, name: string): boolean =>
  column.numbers >= FEWEST_ROWS && (isNamedId(column, name) || fillsRange(column));

/** Integers in a column with the name of an id. */
export const isNamedId = ({ words, whole, numbers }: Column, name: string): boolean =>
  words === 0 && numbers > 0 && whole && ID.test(name);

const fillsRange = ({ words, whole, numbers, min, max }: Column) =>
  words === 0 && whole && max - min + 1 === numbers;
