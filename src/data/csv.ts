import type { CsvConfig } from '../config/data';
import { UserError } from '../config/errors';
import { columnText } from '../config/table';
import type { RawData } from './dataSet';
import { readBytes } from './files';
import { inMemory } from './inputs';
import { checkColumns } from './table/checkColumns';
import { collect, type Collected } from './table/collect';
import { numberClasses } from './table/labels';
import { openTable } from './table/open';
import { selectColumns } from './table/selectColumns';
import { findSuspects } from './table/suspects';

export type CsvSettings = Omit<CsvConfig, 'source' | 'split' | 'labels' | 'missing'> &
  Partial<Pick<CsvConfig, 'missing'>>;

/**
 * One example per row: one column with the label, numbers and categories in the others. With `missing` "mean", missing inputs
 * are NaN here, because the mean of the training part is not known yet.
 * @throws UserError
 */
export async function readCsv(config: CsvSettings): Promise<RawData> {
  const { file, missing: rule = 'error', shape, classes: given } = config;
  const table = openTable(await readBytes(file), file, config);
  const { dialect, header, names, width } = table;
  const selection = selectColumns(config, names, width, file);
  const collected = await collect(table, selection, { ...config, missing: rule }, file);
  const { values, labels: words, columns, missing, rounded } = collected;
  if (words.length === 0) throw noRows(file, header, collected);
  checkColumns(columns, selection, table, file);
  checkMissing(collected, rule, file);

  const encodings = columns.map(encodingOf);
  const encoded = oneHot(values, encodings);
  const inputCount = encoded.length / words.length;
  const label = selection.keyOf(selection.label);
  const classes = numberClasses(words, given, {
    file,
    column: columnText(label),
    decimal: dialect.decimal,
  });
  return {
    rounded: rounded.map((one) => ({ ...one, column: selection.keyOf(selection.inputs[one.column]!) })),
    inputs: inMemory(encoded, words.length),
    inputShape: checkShape(shape ?? [inputCount], inputCount, file),
    classes: classes.classes,
    labels: classes.labels,
    table: {
      separator: dialect.separator,
      decimal: dialect.decimal,
      header,
      headerDoubtful: table.headerDoubtful,
      encoding: table.encoding,
      rows: words.length,
      label: { column: label, respelled: classes.respelled },
      inputs: selection.inputs.map(selection.keyOf),
      categories: encodings.flatMap((encoding, i) =>
        encoding === null
          ? []
          : [{ column: selection.keyOf(selection.inputs[i]!), names: encoding.map(({ name }) => name) }],
      ),
      ignored: selection.ignored.map(selection.keyOf),
      missing: { rule, cells: missing.cells, rows: missing.rows },
      // The columns of an image are pixels: none can be excluded.
      suspects: shape ? [] : findSuspects(columns, selection, header),
    },
  };
}

const encodingOf = (column: Collected['columns'][number]): Encoding =>
  column.words === 0
    ? null
    : column.sorted().map((name) => ({ name, code: column.categories.get(name)!.code }));

function noRows(file: string, header: boolean, { missing }: Collected): UserError {
  if (missing.rows > 0)
    return new UserError(
      `${file}: every row has a missing cell, so no rows are left with "missing": "drop". Ignore the columns with most missing cells, or use "mean".`,
    );
  return new UserError(
    `${file} has no rows${header ? ' below the header' : ''}. Expected at least one example.`,
  );
}

/** @throws UserError if a missing cell is not allowed or cannot be filled */
function checkMissing({ missing }: Collected, rule: CsvConfig['missing'], file: string): void {
  if (rule === 'error' && missing.cells > 0)
    throw missing.error(
      file,
      missing.labels > 0
        ? `${labelsText(missing.labels)}: fill them in, or set "missing": "drop" to drop such rows.`
        : 'Fill them in, or set "missing" to "drop" (drop such rows) or "mean" (use the column’s mean over the training part).',
    );
  if (rule === 'mean' && missing.labels > 0)
    throw missing.error(
      file,
      `${labelsText(missing.labels)}, which cannot be replaced by a mean: fill them in, or set "missing": "drop".`,
    );
}

const labelsText = (count: number) => (count === 1 ? '1 of them is a label' : `${count} of them are labels`);

function checkShape(shape: number[], width: number, file: string): number[] {
  if (shape.reduce((a, b) => a * b, 1) === width) return shape;
  throw new UserError(
    `${file} has ${width} inputs per row, but "shape" is [${shape.join(', ')}]. Set a shape with ${width} values.`,
  );
}

/** Categories of a column, in the order of their inputs; null for a column of numbers. */
export type Encoding = readonly { name: string; code: number }[] | null;

/**
 * Replaces a column of categories by one input for each category; all of them are NaN if the cell is missing.
 * @param values row-major, [rows, encodings.length] @returns row-major, [rows, width of all]
 */
export function oneHot(values: Float32Array, encodings: readonly Encoding[]): Float32Array {
  if (encodings.every((encoding) => encoding === null)) return values;
  const width = encodings.reduce((sum, encoding) => sum + (encoding?.length ?? 1), 0);
  const out = new Float32Array((values.length / encodings.length) * width);
  for (let from = 0, to = 0; from < values.length;)
    for (const encoding of encodings) {
      const value = values[from++]!;
      if (encoding === null) out[to++] = value;
      else for (const { code } of encoding) out[to++] = Number.isNaN(value) ? NaN : Number(code === value);
    }
  return out;
}
