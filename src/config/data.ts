import { z } from 'zod';

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
  .describe('Inputs are divided by this number; 255 for IDX and 1 elsewhere where absent.');

export const splitSchema = z.strictObject({
  train: z
    .number()
    .positive()
    .optional()
    .describe('Examples (a whole number) or a share (below 1) for training.'),
  validation: z.number().min(0).optional().describe('Examples or share for selection; default 15 %.'),
  test: z.number().positive().optional().describe('Examples or share, sealed until the end; default 25 %.'),
  seed: z.int().min(0).default(0).describe('One split for the whole experiment.'),
  stratified: z.boolean().default(true).describe('Keep the shares of the classes in every part.'),
});

export const labelsSchema = z
  .strictObject({
    count: z.int().positive().optional().describe('So many labelled examples.'),
    fraction: z.number().gt(0).max(1).optional().describe('Such a share of the training examples.'),
    file: path.optional().describe('A text file: one row number of a labelled example a line.'),
  })
  .refine((l) => [l.count, l.fraction, l.file].filter((v) => v !== undefined).length === 1, {
    message: 'Give exactly one of count, fraction and file.',
  });

const common = {
  split: splitSchema.prefault({}).describe('Training, validation and test parts.'),
  labels: labelsSchema
    .optional()
    .describe('Hides all other labels from the students, never from the teacher.'),
  standardize: z
    .union([z.literal('auto'), z.boolean()])
    .optional()
    .describe(
      'Each column has its mean taken off and is divided by its standard deviation, both of the training part; each channel where examples are pictures. auto, also where absent: tables (csv or npy, examples that are no pictures), seen by networks that are trained here. A saved teacher sees the data as they are unless its own inputs say standardize.',
    ),
};

export const dataSchema = z.discriminatedUnion('source', [
  z.strictObject({
    source: z.literal('digits').describe('1,797 handwritten digits, 8×8, included.'),
    shape: z
      .array(z.int().positive())
      .optional()
      .describe('Shape of one input: [8, 8, 1] for convolutions; flat, [64], where absent.'),
    ...common,
  }),
  z.strictObject({
    source: z.literal('idx').describe('The format of MNIST: one file of inputs, one of labels.'),
    images: path.describe('IDX file of inputs (.gz is read too).'),
    labelFile: path.describe('IDX file of labels.'),
    classes,
    scale,
    ...common,
  }),
  z.strictObject({
    source: z.literal('csv').describe('A table: one example a row, one column the label.'),
    file: path.describe('A CSV file, one example a row.'),
    label: z
      .union([z.string(), z.int()])
      .describe('The label’s column: its name, or its number from 0 (negative: from the end).'),
    header: z.boolean().default(true).describe('The first row names the columns.'),
    shape: z
      .array(z.int().positive())
      .optional()
      .describe('Shape of one input, e.g. [8, 8, 1]; flat where absent.'),
    classes,
    scale,
    ...common,
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

export type DataConfig = z.output<typeof dataSchema>;
export type Split = z.output<typeof splitSchema>;
export type Labels = z.output<typeof labelsSchema>;

/** What the numbers of the data file are divided by as they are read. */
export const scaleOf = (config: DataConfig): number =>
  config.source === 'digits' ? 16 : (config.scale ?? (config.source === 'idx' ? 255 : 1));
