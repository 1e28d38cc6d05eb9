import type { CsvConfig } from '../../config/data';
import { UserError } from '../../config/errors';
import { columnText, listed, type ColumnKey } from '../../config/table';
import { didYouMean } from '../../config/wording';

/** The roles of the columns of a table, by column number. */
export interface Selection {
  width: number;
  label: number;
  /** Ascending, as in the file. */
  inputs: number[];
  ignored: number[];
  /** Inputs that are always read as categories. */
  categories: Set<number>;
  /** The key of a column in the config. */
  keyOf: (column: number) => ColumnKey;
}

/** @param names from the header; undefined if there is none @throws UserError */
export function selectColumns(
  config: Pick<CsvConfig, 'label' | 'columns' | 'ignore' | 'categories'>,
  names: string[] | undefined,
  width: number,
  file: string,
): Selection {
  if (width < 2)
    throw new UserError(
      `${file} has one column. Expected a label and at least one input a row, separated by commas, semicolons, tabs or vertical bars.`,
    );
  const find = (key: ColumnKey, setting: string) => findColumn(key, setting, names, width, file);
  const label = find(config.label, 'label');
  const list = (setting: 'columns' | 'ignore' | 'categories') => {
    const found = new Set((config[setting] ?? []).map((key) => find(key, setting)));
    if (found.has(label))
      throw new UserError(
        `${file}: "${setting}" contains ${columnText(config.label)}, which is the label. Remove it.`,
      );
    return found;
  };
  const [wanted, unwanted, categories] = [list('columns'), list('ignore'), list('categories')];
  const others = Array.from({ length: width }, (_, c) => c).filter((c) => c !== label);
  const inputs = others.filter((c) => (config.columns ? wanted.has(c) : !unwanted.has(c)));
  if (inputs.length === 0) throw new UserError(`${file}: no input columns are left. Ignore fewer columns.`);
  const stray = [...categories].find((c) => !inputs.includes(c));
  const keyOf = (c: number) => columnKey(names, c);
  if (stray !== undefined)
    throw new UserError(
      `${file}: "categories" contains ${columnText(keyOf(stray))}, which is not an input. Remove it.`,
    );
  const ignored = others.filter((c) => !inputs.includes(c));
  return { width, label, inputs, ignored, categories, keyOf };
}

/** The name of a column if it is unique, otherwise its number. */
export function columnKey(names: readonly string[] | undefined, column: number): ColumnKey {
  const name = names?.[column] ?? '';
  return name !== '' && names?.indexOf(name) === names?.lastIndexOf(name) ? name : column;
}

function findColumn(
  key: ColumnKey,
  setting: string,
  names: string[] | undefined,
  width: number,
  file: string,
): number {
  if (typeof key === 'number') {
    const column = key < 0 ? width + key : key;
    if (column >= 0 && column < width) return column;
    throw new UserError(
      `${file} has ${width} columns (0 to ${width - 1}), but "${setting}" contains ${key}.`,
    );
  }
  if (names === undefined)
    throw new UserError(
      `${file} is read without a header, so "${setting}" must contain column numbers, not "${key}".`,
    );
  const column = names.indexOf(key);
  if (column < 0) {
    const near = didYouMean(key, names);
    throw new UserError(
      `${file} has no column "${key}". ${near === null ? '' : `Did you mean "${near}"? `}Its columns are ${listed(names)}.`,
    );
  }
  const again = names.indexOf(key, column + 1);
  if (again < 0) return column;
  throw new UserError(
    `${file} has two columns "${key}", with the numbers ${column} and ${again}. Use the number in "${setting}".`,
  );
}
