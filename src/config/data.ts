import { z } from 'zod';
import { columnSchema, decimals, encodings, separators } from './table';

const path = z.string().min(1);
const classes = z
  .array(z.string())
  .min(2)
  .optional()
  .describe('Names of the classes, in the order of their numbers.');
const scale = z
  .number()
  .positive()
  .optional()
  .describe('Inputs are divided by this number. Default: 255 for IDX, 1 otherwise.');

export const splitSchema = z.strictObject({
  train: z
    .number()
    .positive()
    .optional()
    .describe('Training examples: a number (whole) or a fraction (below 1).'),
  validation: z
    .number()
    .min(0)
    .optional()
    .describe('Validation examples, used for selection: a number or a fraction. Default: 15 %.'),
  test: z
    .number()
    .positive()
    .optional()
    .describe('Test examples, not used until the end: a number or a fraction. Default: 25 %.'),
  seed: z.int().min(0).default(0).describe('Seed of the split, which is the same for the whole experiment.'),
  stratified: z.boolean().default(true).describe('Keep the class proportions in every part.'),
});

export const labelsSchema = z
  .strictObject({
    count: z.int().positive().optional().describe('Number of labelled examples.'),
    fraction: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .describe('Fraction of the training examples that are labelled.'),
    file: path.optional().describe('A text file with the row number of one labelled example per line.'),
  })
  .refine((l) => [l.count, l.fraction, l.file].filter((v) => v !== undefined).length === 1, {
    message: 'Give exactly one of count, fraction and file.',
  });

const common = {
  split: splitSchema.prefault({}).describe('Training, validation and test parts.'),
  labels: labelsSchema
    .optional()
    .describe(
      'Which training examples are labelled for the students. All other labels are hidden from them, but not from the teacher.',
    ),
  standardize: z
    .union([z.literal('auto'), z.boolean()])
    .optional()
    .describe(
      'Subtract the mean of each column and divide by its standard deviation, both computed on the training part; per channel if examples are images. auto (the default): only for tables (csv or npy whose examples are not images) and networks that are trained here. A saved teacher gets the data as they are unless its own inputs set standardize.',
    ),
};

const commentError = (mark: string) =>
  `comment must be one character, but is “${mark}”. With “${mark[0]}”, lines that begin with “${mark}” are ignored too.`;

const columnList = (what: string) => z.array(columnSchema).min(1).optional().describe(what);

export const dataSchema = z.discriminatedUnion('source', [
  z.strictObject({
    source: z.literal('digits').describe('1,797 handwritten digits, 8×8 pixels, included with Distillery.'),
    shape: z
      .array(z.int().positive())
      .optional()
      .describe('Shape of one input: [8, 8, 1] for convolutions. Default: flat, [64].'),
    ...common,
  }),
  z.strictObject({
    source: z.literal('idx').describe('The format of MNIST: one file with inputs, one with labels.'),
    images: path.describe('IDX file with the inputs; may be gzipped.'),
    labelFile: path.describe('IDX file with the labels; may be gzipped.'),
    classes,
    scale,
    ...common,
  }),
  z
    .strictObject({
      source: z.literal('csv').describe('A table: one example per row, one column with the label.'),
      file: path.describe('A CSV file with one example per row.'),
      label: columnSchema.describe(
        'The label column: its name, or its number counted from 0 (negative: from the end).',
      ),
      header: z
        .boolean()
        .optional()
        .describe('Whether the first row contains column names. Detected if absent.'),
      encoding: z
        .enum(encodings)
        .optional()
        .describe(
          'The text encoding. Default: utf-16le if the file begins with its byte order mark, utf-8 if all bytes are valid, otherwise windows-1252; a file that is UTF-8 except for a few bytes is an error. With "utf-8", invalid bytes are read as �.',
        ),
      separator: z.enum(separators).optional().describe('The separator between cells. Detected if absent.'),
      decimal: z.enum(decimals).optional().describe('The decimal sign, "." or ",". Detected if absent.'),
      comment: z
        .string()
        .max(1, { error: ({ input }) => commentError(input as string) })
        .optional()
        .describe(
          'Lines that begin with this character are ignored. Default: "#"; use "" if the file has no comments.',
        ),
      columns: columnList('The input columns, by name or number. Default: all columns except the label.'),
      ignore: columnList('Columns to exclude from the inputs, such as ids and dates, by name or number.'),
      categories: columnList(
        'Numeric columns to treat as categories, such as codes: one input for each value.',
      ),
      missing: z
        .enum(['error', 'drop', 'mean'])
        .default('error')
        .describe(
          'How to handle missing cells (empty, NA, NaN, null, ?): report an error, drop the row, or use the column’s mean over the training part.',
        ),
      shape: z
        .array(z.int().positive())
        .optional()
        .describe('Shape of one input, e.g. [8, 8, 1]. Default: flat.'),
      classes,
      scale,
      ...common,
    })
    .refine((csv) => csv.columns === undefined || csv.ignore === undefined, {
      path: ['ignore'],
      message: 'Give columns (the inputs) or ignore (the columns to exclude), not both.',
    })
    .refine((csv) => csv.missing !== 'drop' || csv.labels?.file === undefined, {
      path: ['missing'],
      message:
        'Rows cannot be dropped together with labels.file, because its row numbers would then refer to other rows. Use "mean".',
    }),
  z.strictObject({
    source: z.literal('npy').describe('Two NumPy arrays: inputs and labels.'),
    inputs: path.describe('NPY array, [N, …].'),
    labelFile: path.describe('NPY array of class numbers, [N].'),
    classes,
    scale,
    ...common,
  }),
]);

/** As in an experiment file. Run folders may contain more, because they are never rejected. */
export const checkedDataSchema = dataSchema.superRefine((data, context) => {
  const { classes: names = [] } = data as { classes?: string[] };
  for (const [index, name] of names.entries()) {
    const first = names.indexOf(name);
    if (first === index) continue;
    const message = `classes contains “${name}” twice, for the classes ${first} and ${index}: give each class a different name.`;
    context.addIssue({ code: 'custom', message, path: ['classes', index] });
  }
});

export type DataConfig = z.output<typeof dataSchema>;
export type CsvConfig = Extract<DataConfig, { source: 'csv' }>;
export type Split = z.output<typeof splitSchema>;
export type Labels = z.output<typeof labelsSchema>;

/** The numbers of the data file are divided by this when they are read. */
export const scaleOf = (config: DataConfig): number =>
  config.source === 'digits' ? 16 : (config.scale ?? (config.source === 'idx' ? 255 : 1));
