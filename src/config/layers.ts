import { z } from 'zod';

const positive = z.int().positive();
const pair = z.union([positive, z.tuple([positive, positive])]);
const name = z
  .string()
  .min(1)
  .optional()
  .describe('Name of this layer, by which a method can refer to its output.');
const activation = z.enum(
  ['linear', 'relu', 'relu6', 'elu', 'selu', 'gelu', 'sigmoid', 'tanh', 'softplus', 'swish'],
  {
    error: ({ input }) =>
      input === 'softmax'
        ? 'softmax is not supported as an activation: the network must output logits, and the losses apply softmax to them. Use “linear”.'
        : undefined,
  },
);
const padding = z.enum(['same', 'valid']).default('same').describe('Zero padding at the border.');
const activationField = activation.default('linear').describe('Applied to the output.');

export const dense = z.strictObject({
  type: z.literal('dense').describe('Fully connected layer.'),
  name,
  units: positive.describe('Outputs of the layer.'),
  activation: activationField,
  useBias: z.boolean().default(true).describe('Add a bias.'),
});
export const conv2d = z.strictObject({
  type: z.literal('conv2d').describe('2D convolution of images, [height, width, channels].'),
  name,
  filters: positive.describe('Output channels.'),
  kernelSize: pair.default(3).describe('Height and width of the window.'),
  strides: pair.default(1).describe('Step of the window.'),
  padding,
  activation: activationField,
  useBias: z.boolean().default(true).describe('Add a bias.'),
});
export const depthwiseConv2d = z.strictObject({
  type: z.literal('depthwiseConv2d').describe('2D convolution of each channel separately.'),
  name,
  kernelSize: pair.default(3).describe('Height and width of the window.'),
  depthMultiplier: positive.default(1).describe('Output channels per input channel.'),
  strides: pair.default(1).describe('Step of the window.'),
  padding,
  activation: activationField,
  useBias: z.boolean().default(true).describe('Add a bias.'),
});
const poolShape = {
  name,
  poolSize: pair.default(2).describe('Height and width of the window.'),
  strides: pair.optional().describe('Step of the window. Default: the pool size.'),
  padding: z.enum(['same', 'valid']).default('valid').describe('Zero padding at the border.'),
};
export const maxPooling2d = z.strictObject({
  type: z.literal('maxPooling2d').describe('The largest value of each window.'),
  ...poolShape,
});
export const averagePooling2d = z.strictObject({
  type: z.literal('averagePooling2d').describe('The mean of each window.'),
  ...poolShape,
});
export const globalAveragePooling2d = z.strictObject({
  type: z.literal('globalAveragePooling2d').describe('The mean of each channel; the output is flat.'),
  name,
});
export const batchNormalization = z.strictObject({
  type: z
    .literal('batchNormalization')
    .describe('Normalizes each channel to mean 0 and variance 1, then applies a learned scale and shift.'),
  name,
  momentum: z.number().min(0).lt(1).default(0.9).describe('Momentum of the moving mean and variance.'),
  epsilon: z.number().positive().default(1e-3).describe('Added to the variance for numerical stability.'),
});
export const dropout = z.strictObject({
  type: z.literal('dropout').describe('Sets random inputs to 0 during training; has no effect at inference.'),
  name,
  rate: z.number().min(0).lt(1).describe('Fraction of the inputs that are set to 0 during training.'),
});
export const flatten = z.strictObject({
  type: z.literal('flatten').describe('Flattens images to vectors.'),
  name,
});
export const activationLayer = z.strictObject({
  type: z.literal('activation').describe('Applies a function to each value.'),
  name,
  activation: activation.describe('The function.'),
});
export const residual = z.strictObject({
  type: z.literal('residual').describe('Two convolutions with a shortcut around them (He et al. 2015).'),
  name,
  filters: positive.describe('Output channels of the block.'),
  kernelSize: pair.default(3).describe('Height and width of both windows.'),
  strides: pair.default(1).describe('Step of the first window. The shortcut is projected if shapes differ.'),
  normalization: z
    .boolean()
    .default(true)
    .describe(
      'Batch normalization after each convolution, including the projection; the convolutions then have no bias.',
    ),
  activation: activation.default('relu').describe('Applied after the first convolution and after the sum.'),
});

export const layerSchema = z.discriminatedUnion('type', [
  dense,
  conv2d,
  depthwiseConv2d,
  maxPooling2d,
  averagePooling2d,
  globalAveragePooling2d,
  batchNormalization,
  dropout,
  flatten,
  activationLayer,
  residual,
]);

export type Layer = z.output<typeof layerSchema>;
export type Activation = z.output<typeof activation>;
