import { z } from 'zod';

const learningRate = z.number().positive().describe('Peak learning rate.');
const weightDecay = z.number().min(0).default(0);

export const optimizerSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('sgd').describe('Stochastic gradient descent with momentum.'),
    learningRate: learningRate.default(0.1),
    momentum: z.number().min(0).lt(1).default(0.9).describe('Momentum; 0 is plain SGD.'),
    nesterov: z.boolean().default(false).describe('Use Nesterov momentum.'),
    weightDecay: weightDecay.describe('L2 penalty, added to the gradient.'),
  }),
  z.strictObject({
    type: z.literal('adam').describe('Adam (Kingma, Ba 2015).'),
    learningRate: learningRate.default(1e-3),
    beta1: z.number().min(0).lt(1).default(0.9).describe('Decay rate of the first moment.'),
    beta2: z.number().min(0).lt(1).default(0.999).describe('Decay rate of the second moment.'),
    epsilon: z
      .number()
      .positive()
      .default(1e-7)
      .describe('Added to the square root for numerical stability.'),
    weightDecay: weightDecay.describe('L2 penalty, added to the gradient.'),
  }),
  z.strictObject({
    type: z.literal('adamw').describe('Adam with decoupled weight decay (Loshchilov, Hutter 2019).'),
    learningRate: learningRate.default(1e-3),
    beta1: z.number().min(0).lt(1).default(0.9).describe('Decay rate of the first moment.'),
    beta2: z.number().min(0).lt(1).default(0.999).describe('Decay rate of the second moment.'),
    epsilon: z
      .number()
      .positive()
      .default(1e-7)
      .describe('Added to the square root for numerical stability.'),
    weightDecay: z
      .number()
      .min(0)
      .default(0.01)
      .describe('Decoupled weight decay, multiplied by the learning rate.'),
  }),
]);

const warmup = z
  .int()
  .min(0)
  .default(0)
  .describe('Number of steps over which the rate rises linearly from 0 to its peak.');
export const scheduleSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('constant').describe('Constant rate after the warm-up.'),
    warmup,
  }),
  z.strictObject({
    type: z.literal('cosine').describe('Cosine decay.'),
    warmup,
    floor: z.number().min(0).max(1).default(0).describe('Final rate as a fraction of the peak.'),
  }),
  z.strictObject({
    type: z.literal('step').describe('Step decay at given fractions of the budget.'),
    warmup,
    at: z
      .array(z.number().gt(0).lt(1))
      .min(1)
      .default([0.5, 0.75])
      .describe('Fractions of the budget at which the rate drops.'),
    factor: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.1)
      .describe('The rate is multiplied by this factor at each drop.'),
  }),
]);

export const augmentationSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('shift').describe('Shifts images by whole pixels.'),
    pixels: z
      .int()
      .positive()
      .default(1)
      .describe('Largest shift in either direction; the border is filled with zeros.'),
  }),
  z.strictObject({
    type: z.literal('noise').describe('Adds Gaussian noise to every input.'),
    sd: z.number().positive().default(0.1).describe('Standard deviation, in units of the scaled input.'),
  }),
  z.strictObject({ type: z.literal('flip').describe('Flips images horizontally with probability 0.5.') }),
]);

export const earlyStoppingSchema = z.strictObject({
  metric: z
    .enum(['accuracy', 'loss'], {
      error: ({ input }) =>
        typeof input === 'string' && /test/i.test(input)
          ? 'Early stopping cannot use test data: use “loss” or “accuracy”, which are measured on validation data.'
          : undefined,
    })
    .default('loss')
    .describe('Measured on validation data, never on test data.'),
  stopEarly: z
    .boolean()
    .default(false)
    .describe(
      'End training before its budget is used up. If false, training uses its whole budget and keeps the best checkpoint.',
    ),
  patience: z
    .int()
    .positive()
    .default(10)
    .describe('Number of evaluations without improvement after which training stops, if stopEarly is true.'),
});

export const trainingSchema = z
  .strictObject({
    optimizer: optimizerSchema.prefault({ type: 'adam' }).describe('The optimizer.'),
    schedule: scheduleSchema.prefault({ type: 'cosine' }).describe('The learning-rate schedule.'),
    epochs: z
      .int()
      .positive()
      .optional()
      .describe(
        'Passes over the training examples. Default: 20, if steps is absent too. For a student, only the labelled examples of the classes in its transfer set count, because scratch is trained on those too and gets the same number of steps.',
      ),
    steps: z.int().positive().optional().describe('Number of optimizer steps, instead of epochs.'),
    batchSize: z.int().positive().default(50).describe('Examples per step.'),
    augmentation: z
      .array(augmentationSchema)
      .default([])
      .describe('Random changes to each training example, determined by the seed.'),
    earlyStopping: earlyStoppingSchema.optional().describe('Selects the best checkpoint on validation data.'),
  })
  .refine((t) => !(t.epochs !== undefined && t.steps !== undefined), {
    message: 'Give epochs or steps, not both: each of them sets the budget.',
    path: ['steps'],
  });

export type Optimizer = z.output<typeof optimizerSchema>;
export type Schedule = z.output<typeof scheduleSchema>;
export type Augmentation = z.output<typeof augmentationSchema>;
export type EarlyStopping = z.output<typeof earlyStoppingSchema>;
/** Training settings with defaults. The budget in steps is computed when the data are known. */
export type Training = z.output<typeof trainingSchema>;
