import { z } from 'zod';

/** Separators between cells. */
export const separators = [',', ';', '\t', '|'] as const;
export type Separator = (typeof separators)[number];
export const decimals = ['.', ','] as const;
export type Decimal = (typeof decimals)[number];

/** Encodings of a text file. */
export const encodings = ['utf-8', 'utf-16le', 'windows-1252'] as const;
export type TextEncoding = (typeof encodings)[number];

/** A column in a config: its name, or its number counted from 0 if it has no unique name. */
export const columnSchema = z.union([z.string(), z.int()]);
export type ColumnKey = z.output<typeof columnSchema>;

/** Reasons why a column should probably not be an input. */
export const suspicions = ['row number', 'id', 'code', 'many codes', 'constant', 'label', 'date'] as const;
export type Suspicion = (typeof suspicions)[number];

/** How a table was read, stored with each run: its dialect and the roles of its columns. */
export const tableSchema = z.object({
  separator: z.enum(separators),
  decimal: z.enum(decimals),
  header: z.boolean(),
  /** Whether the first row looks different from what the config's `header` says. */
  headerDoubtful: z.boolean().default(false),
  encoding: z.enum(encodings),
  rows: z.int(),
  label: z.object({
    column: columnSchema,
    /** The first labels whose class is spelled differently, e.g. 2.0 for the class 2. */
    respelled: z.array(z.object({ label: z.string(), class: z.string() })),
  }),
  /** In the order of the inputs. */
  inputs: z.array(columnSchema),
  /** Columns of text: one input for each category, in this order. */
  categories: z.array(z.object({ column: columnSchema, names: z.array(z.string()) })),
  ignored: z.array(columnSchema),
  missing: z.object({ rule: z.enum(['error', 'drop', 'mean']), cells: z.int(), rows: z.int() }),
  suspects: z.array(z.object({ column: columnSchema, why: z.enum(suspicions) })),
});
export type TableFacts = z.output<typeof tableSchema>;

const names: Record<Separator | Decimal, string> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'vertical bar',
  '.': 'point',
};

/** "separator semicolon, decimal comma, with a header" */
export function dialectText({
  separator,
  decimal,
  header,
  encoding,
}: Pick<TableFacts, 'separator' | 'decimal' | 'header' | 'encoding'>): string {
  const parts = [`separator ${names[separator]}`, `decimal ${names[decimal]}`];
  parts.push(header ? 'with a header' : 'no header');
  if (encoding !== 'utf-8') parts.push(`encoding ${encoding}`);
  return parts.join(', ');
}

/** Lines that describe how a table was read: dialect, columns, categories, missing cells. */
export function tableLines(table: TableFacts): string[] {
  const { rows, label, inputs, categories, ignored, missing } = table;
  const lines = [
    `${dialectText(table)}; ${rows.toLocaleString('en-GB')} examples`,
    `label ${columnText(label.column)}; inputs ${listed(inputs.map(columnText))}`,
  ];
  for (const { column, names: found } of categories)
    lines.push(`${columnText(column)} becomes one input for each category: ${listed(found)}`);
  if (ignored.length > 0) lines.push(`ignored: ${listed(ignored.map(columnText))}`);
  if (label.respelled.length > 0) {
    const pairs = label.respelled.map((one) => `${one.label} for the class ${one.class}`);
    lines.push(`labels are read as numbers: ${listed(pairs)}`);
  }
  if (missing.cells > 0) lines.push(missingText(missing));
  return lines;
}

function missingText({ rule, cells, rows }: TableFacts['missing']): string {
  const where = `${cells} missing ${cells === 1 ? 'cell' : 'cells'} in ${rows} ${rows === 1 ? 'row' : 'rows'}`;
  return rule === 'drop'
    ? `${where}: ${rows === 1 ? 'that row is' : 'those rows are'} dropped`
    : `${where}: filled with the mean of the column over the training part`;
}

/** A column in a message: its name, or "number 3". */
export const columnText = (column: ColumnKey): string =>
  typeof column === 'number' ? `number ${column}` : column;

/** The column of each input, with its category if it has one. */
export const inputTexts = ({ inputs, categories }: Pick<TableFacts, 'inputs' | 'categories'>): string[] =>
  inputs.flatMap((column) => {
    const names = categories.find((one) => one.column === column)?.names;
    return names ? names.map((name) => `${columnText(column)} (${name})`) : [columnText(column)];
  });

export const inputText = (table: TableFacts, input: number): string =>
  inputTexts(table)[input] ?? columnText(input);

/** The first `most` entries, and the number of the others. */
export function listed(all: readonly string[], most = 12): string {
  const more = all.length - most;
  return all.slice(0, most).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
