import { z } from 'zod';

const learningRate = z.number().positive().describe('Peak learning rate.');
const weightDecay = z.number().min(0).default(0);

export const optimizerSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('sgd').describe('Gradient descent, with momentum.'),
    learningRate: learningRate.default(0.1),
    momentum: z.number().min(0).lt(1).default(0.9).describe('Of the velocity; 0 is plain SGD.'),
    nesterov: z.boolean().default(false).describe('Look ahead along the velocity.'),
    weightDecay: weightDecay.describe('L2 penalty, added to the gradient.'),
  }),
  z.strictObject({
    type: z.literal('adam').describe('Steps scaled by the moments of the gradient (Kingma, Ba 2015).'),
    learningRate: learningRate.default(1e-3),
    beta1: z.number().min(0).lt(1).default(0.9).describe('Decay of the first moment.'),
    beta2: z.number().min(0).lt(1).default(0.999).describe('Decay of the second moment.'),
    epsilon: z.number().positive().default(1e-7).describe('Added to the root.'),
    weightDecay: weightDecay.describe('L2 penalty, added to the gradient.'),
  }),
  z.strictObject({
    type: z.literal('adamw').describe('Adam with decoupled weight decay (Loshchilov, Hutter 2019).'),
    learningRate: learningRate.default(1e-3),
    beta1: z.number().min(0).lt(1).default(0.9).describe('Decay of the first moment.'),
    beta2: z.number().min(0).lt(1).default(0.999).describe('Decay of the second moment.'),
    epsilon: z.number().positive().default(1e-7).describe('Added to the root.'),
    weightDecay: z.number().min(0).default(0.01).describe('Decoupled decay, times the learning rate.'),
  }),
]);

const warmup = z.int().min(0).default(0).describe('Steps of linear rise from 0 to the peak.');
export const scheduleSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('constant').describe('The same rate from the warm-up to the end.'),
    warmup,
  }),
  z.strictObject({
    type: z.literal('cosine').describe('Falls along half a cosine.'),
    warmup,
    floor: z.number().min(0).max(1).default(0).describe('Share of the peak that is left at the end.'),
  }),
  z.strictObject({
    type: z.literal('step').describe('Drops at given shares of the budget.'),
    warmup,
    at: z
      .array(z.number().gt(0).lt(1))
      .min(1)
      .default([0.5, 0.75])
      .describe('Shares of the budget at which the rate drops.'),
    factor: z.number().gt(0).lt(1).default(0.1).describe('What the rate is multiplied by.'),
  }),
]);

export const augmentationSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('shift').describe('Moves images by whole pixels.'),
    pixels: z.int().positive().default(1).describe('Largest shift in either direction; zeros come in.'),
  }),
  z.strictObject({
    type: z.literal('noise').describe('Adds normal noise to every input.'),
    sd: z.number().positive().default(0.1).describe('Standard deviation, in units of the scaled input.'),
  }),
  z.strictObject({ type: z.literal('flip').describe('Mirrors left and right, half of the time.') }),
]);

export const earlyStoppingSchema = z.strictObject({
  metric: z
    .enum(['accuracy', 'loss'], {
      error: ({ input }) =>
        typeof input === 'string' && /test/i.test(input)
          ? 'early stopping on test: use validation.'
          : undefined,
    })
    .default('loss')
    .describe('On validation data; never on test.'),
  stopEarly: z
    .boolean()
    .default(false)
    .describe('End training before its budget. Off: training runs its budget and keeps the best checkpoint.'),
  patience: z
    .int()
    .positive()
    .default(10)
    .describe('Evaluations without a better one, where stopEarly is on.'),
});

export const trainingSchema = z
  .strictObject({
    optimizer: optimizerSchema.prefault({ type: 'adam' }).describe('How weights move.'),
    schedule: scheduleSchema.prefault({ type: 'cosine' }).describe('How the learning rate changes.'),
    epochs: z
      .int()
      .positive()
      .optional()
      .describe(
        'Passes over the training examples; 20 where neither is given. Of a student over the labelled ones of its transfer set’s classes, which scratch is trained on too: both get the same steps.',
      ),
    steps: z.int().positive().optional().describe('Optimizer steps; instead of epochs.'),
    batchSize: z.int().positive().default(50).describe('Examples a step.'),
    augmentation: z
      .array(augmentationSchema)
      .default([])
      .describe('Random changes to each example, by seed.'),
    earlyStopping: earlyStoppingSchema.optional().describe('Select the best checkpoint on validation data.'),
  })
  .refine((t) => !(t.epochs !== undefined && t.steps !== undefined), {
    message: 'Give epochs or steps, not both: they are two ways to say the same budget.',
    path: ['steps'],
  });

export type Optimizer = z.output<typeof optimizerSchema>;
export type Schedule = z.output<typeof scheduleSchema>;
export type Augmentation = z.output<typeof augmentationSchema>;
export type EarlyStopping = z.output<typeof earlyStoppingSchema>;
/** Training as written, defaults filled in. The budget in steps is computed when the data are known. */
export type Training = z.output<typeof trainingSchema>;
