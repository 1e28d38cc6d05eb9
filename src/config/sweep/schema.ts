import { z } from 'zod';

const value = z.union([z.string(), z.number(), z.boolean()]);

/** Grid values of a range; a sweep with more is never trained. */
const MOST_VALUES = 10_000;

const rangeSchema = z
  .strictObject({
    from: z.number().describe('The smallest value.'),
    to: z.number().describe('The largest value.'),
    count: z
      .int()
      .min(2)
      .max(MOST_VALUES)
      .default(5)
      .describe('Number of grid values, both ends included. A random search draws from the whole range.'),
    scale: z
      .enum(['linear', 'log'])
      .default('linear')
      .describe('linear: equal differences between values. log: equal ratios.'),
    whole: z.boolean().default(false).describe('Round to whole numbers, e.g. for the units of a layer.'),
  })
  .refine(({ from, to }) => from < to, { message: 'from must be less than to.', path: ['to'] })
  .refine(({ from, scale }) => scale === 'linear' || from > 0, {
    message: 'With a log scale, from must be greater than 0.',
    path: ['from'],
  });

const valuesSchema = z.union([
  z
    .array(value)
    .min(1)
    .refine((values) => new Set(values).size === values.length, {
      message: 'This list contains a value twice: remove the duplicate.',
    }),
  rangeSchema,
]);

const halvingSchema = z.strictObject({
  factor: z
    .int()
    .min(2)
    .default(3)
    .describe('At each rung the best 1/factor of the cells continue, up to factor times as many steps.'),
  rungs: z
    .int()
    .min(1)
    .default(2)
    .describe('Number of times that cells are eliminated before the remaining ones are trained to the end.'),
});

const searchSchema = z.union([
  z.literal('grid').describe('Every combination of the values.'),
  z.strictObject({
    random: z
      .int()
      .positive()
      .optional()
      .describe('Number of random combinations to try. Default: the whole grid.'),
    seed: z.int().min(0).default(0).describe('Seed of the random search.'),
    halving: halvingSchema
      .optional()
      .describe(
        'Successive halving on validation loss: all cells are trained for a few steps, and only the best continue (Jamieson, Talwalkar 2016).',
      ),
  }),
]);

export const sweepSchema = z.strictObject({
  arm: z.string().optional().describe('Name of the arm to vary. Default: the primary arm.'),
  parameters: z
    .record(z.string(), valuesSchema)
    .refine((parameters) => Object.keys(parameters).length > 0, { message: 'Name at least one parameter.' })
    .describe(
      'The values to try, by path. A name without a dot is a parameter of the arm (temperature, alpha, method); other paths begin with student., teacher. or data., e.g. student.training.optimizer.learningRate, student.layers.hidden.units, data.labels.fraction.',
    ),
  search: searchSchema.default('grid').describe('Which combinations of the values to try.'),
  confirm: z
    .int()
    .min(0)
    .optional()
    .describe(
      'Number of fresh seeds on which the cell with the best validation result is trained again, together with its scratch. Default: as many as seeds.',
    ),
});

export type Sweep = z.output<typeof sweepSchema>;
export type Range = z.output<typeof rangeSchema>;
export type CellValue = z.output<typeof value>;
/** Values by path, in the order of the file. */
export type Cell = Record<string, CellValue>;
