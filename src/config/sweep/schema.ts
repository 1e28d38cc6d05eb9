import { z } from 'zod';

const value = z.union([z.string(), z.number(), z.boolean()]);

const rangeSchema = z
  .strictObject({
    from: z.number().describe('The smallest value.'),
    to: z.number().describe('The largest value.'),
    count: z
      .int()
      .min(2)
      .default(5)
      .describe('How many values a grid takes, both ends included; a random search draws from all between.'),
    scale: z
      .enum(['linear', 'log'])
      .default('linear')
      .describe('Whether steps are equal differences or equal ratios.'),
    whole: z.boolean().default(false).describe('Round to whole numbers, e.g. for units of a layer.'),
  })
  .refine(({ from, to }) => from < to, { message: 'from must be less than to.', path: ['to'] })
  .refine(({ from, scale }) => scale === 'linear' || from > 0, {
    message: 'A log scale needs a from above 0.',
    path: ['from'],
  });

const valuesSchema = z.union([
  z
    .array(value)
    .min(1)
    .refine((values) => new Set(values).size === values.length, { message: 'A value stands here twice.' }),
  rangeSchema,
]);

const halvingSchema = z.strictObject({
  factor: z
    .int()
    .min(2)
    .default(3)
    .describe('At each rung the best 1/factor of the cells go on, with factor times the steps.'),
  rungs: z
    .int()
    .min(1)
    .default(2)
    .describe('How many times the cells are thinned out before those that are left train to the end.'),
});

const searchSchema = z.union([
  z.literal('grid').describe('Every combination of the values.'),
  z.strictObject({
    random: z
      .int()
      .positive()
      .optional()
      .describe('So many combinations, drawn at random; all of the grid where absent.'),
    seed: z.int().min(0).default(0).describe('Of the drawing.'),
    halving: halvingSchema
      .optional()
      .describe(
        'Successive halving on validation loss: cells begin with few steps, and the best go on (Jamieson, Talwalkar 2016).',
      ),
  }),
]);

export const sweepSchema = z.strictObject({
  arm: z.string().optional().describe('Name of the arm that is varied; the primary one where absent.'),
  parameters: z
    .record(z.string(), valuesSchema)
    .refine((parameters) => Object.keys(parameters).length > 0, { message: 'Name at least one parameter.' })
    .describe(
      'What is varied: values by path. A bare name is a parameter of the arm (temperature, alpha, method); others begin with student., teacher. or data., e.g. student.training.optimizer.learningRate, student.layers.hidden.units, data.labels.fraction.',
    ),
  search: searchSchema.default('grid').describe('Which combinations of the values are tried.'),
  confirm: z
    .int()
    .min(0)
    .optional()
    .describe(
      'Fresh seeds on which the cell that is best on validation is trained again, beside its scratch; as many as seeds where absent.',
    ),
});

export type Sweep = z.output<typeof sweepSchema>;
export type Range = z.output<typeof rangeSchema>;
export type CellValue = z.output<typeof value>;
/** Values by path, in the order of the file. */
export type Cell = Record<string, CellValue>;
