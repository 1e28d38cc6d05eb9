import { UserError } from './errors';
import type { Layer } from './layers';
import { sum } from '../sampleStatistics';

/** The layer at index `layer` does not fit its input. */
export class ShapeError extends UserError {
  constructor(
    readonly layer: number,
    message: string,
    /** The type of layer to insert before it. */
    readonly wants: 'flatten' | null,
  ) {
    super(message);
  }
}

/** Numbers of parameters; `total` includes the moving statistics of batch normalization. */
export interface Size {
  trainable: number;
  total: number;
}

export interface LayerDescription extends Size {
  /** For one example, forward. */
  multiplications: number;
  /** As in messages: "Layer 3 (dense)", "Layer 3 (dense “logits”)". */
  title: string;
  /** Without the batch. */
  outputShape: number[];
}

export interface NetworkDescription extends Size {
  /** E.g. "MLP 64-16-10" or "CNN 8-16-32, 10". */
  title: string;
  layers: LayerDescription[];
  /** Without the batch. */
  outputShape: number[];
  multiplications: number;
}

interface Effect extends Size {
  outputShape: number[];
  multiplications: number;
}

/**
 * Shapes and parameters of a network, layer by layer, without building it. `inputShape` is without the batch dimension: [D],
 * or [height, width, channels] for images.
 *
 * @throws ShapeError that names the layer, its input and what it needs
 */
export function describeNetwork(layers: readonly Layer[], inputShape: readonly number[]): NetworkDescription {
  let shape = [...inputShape];
  const described = layers.map((layer, index): LayerDescription => {
    const title = titleOf(layer, index);
    const effect = effectOf(layer, shape, (needs, wants) => {
      throw new ShapeError(
        index,
        `${title} gets inputs of shape ${shapeText(shape)}${index === 0 ? ' from the data' : ''}, but ${needs}.`,
        wants ?? null,
      );
    });
    shape = effect.outputShape;
    return { title, ...effect };
  });
  return {
    title: networkTitle(layers, inputShape),
    layers: described,
    outputShape: shape,
    trainable: sum(described.map((d) => d.trainable)),
    total: sum(described.map((d) => d.total)),
    multiplications: sum(described.map((d) => d.multiplications)),
  };
}

const titleOf = (layer: Layer, index: number) =>
  `Layer ${index + 1} (${layer.type}${layer.name === undefined ? '' : ` “${layer.name}”`})`;

const shapeText = (shape: readonly number[]) => `[${shape.join(', ')}]`;

const product = (numbers: readonly number[]) => numbers.reduce((a, b) => a * b, 1);
/** A layer with these numbers of weights, each used once at every output position, and biases. */
const weighted = (outputShape: number[], weights: number, biases: number): Effect => ({
  outputShape,
  trainable: weights + biases,
  total: weights + biases,
  multiplications: weights * product(outputShape.slice(0, -1)),
});
const unweighted = (outputShape: number[]): Effect => weighted(outputShape, 0, 0);

type Refuse = (needs: string, wants?: 'flatten') => never;
type Image = [height: number, width: number, channels: number];
type Window = {
  size: number | [number, number];
  strides: number | [number, number];
  padding: 'same' | 'valid';
};

function effectOf(layer: Layer, shape: number[], refuse: Refuse): Effect {
  switch (layer.type) {
    case 'dense': {
      if (shape.length !== 1) refuse('needs a flat input: insert a flatten layer before it', 'flatten');
      const inputs = shape[0] as number;
      return weighted([layer.units], layer.units * inputs, layer.useBias ? layer.units : 0);
    }
    case 'conv2d': {
      const image = imageFrom(shape, refuse);
      return convolution(image, layer.filters, { ...layer, size: layer.kernelSize }, layer.useBias, refuse);
    }
    case 'depthwiseConv2d': {
      const [, , channels] = imageFrom(shape, refuse);
      const outputs = channels * layer.depthMultiplier;
      const outputShape = [...slide(shape, { ...layer, size: layer.kernelSize }, refuse), outputs];
      return weighted(outputShape, product(pair(layer.kernelSize)) * outputs, layer.useBias ? outputs : 0);
    }
    case 'maxPooling2d':
    case 'averagePooling2d': {
      const [, , channels] = imageFrom(shape, refuse);
      const window = { ...layer, size: layer.poolSize, strides: layer.strides ?? layer.poolSize };
      return unweighted([...slide(shape, window, refuse), channels]);
    }
    case 'globalAveragePooling2d':
      return unweighted([imageFrom(shape, refuse)[2]]);
    case 'batchNormalization':
      return { ...unweighted(shape), ...normalization(shape.at(-1) as number) };
    case 'flatten':
      return unweighted([product(shape)]);
    case 'dropout':
    case 'activation':
      return unweighted(shape);
    case 'residual':
      return residual(layer, imageFrom(shape, refuse), refuse);
  }
}

/** Two convolutions, each with optional normalization, and a shortcut that is projected if the shapes differ. */
function residual(layer: Layer & { type: 'residual' }, image: Image, refuse: Refuse): Effect {
  const { filters, kernelSize: size, strides, normalization: normalized } = layer;
  const bias = !normalized;
  const first = convolution(image, filters, { size, strides, padding: 'same' }, bias, refuse);
  const second = convolution(
    first.outputShape as Image,
    filters,
    { size, strides: 1, padding: 'same' },
    bias,
    refuse,
  );
  const same = second.outputShape.every((length, axis) => length === image[axis]);
  const shortcut = same
    ? []
    : [convolution(image, filters, { size: 1, strides, padding: 'same' }, bias, refuse)];
  const convolutions = [first, second, ...shortcut];
  const sizes: Size[] = [
    ...convolutions,
    ...(normalized ? convolutions.map(() => normalization(filters)) : []),
  ];
  return {
    outputShape: second.outputShape,
    multiplications: sum(convolutions.map((c) => c.multiplications)),
    trainable: sum(sizes.map((s) => s.trainable)),
    total: sum(sizes.map((s) => s.total)),
  };
}

function convolution(
  image: Image,
  filters: number,
  window: Window,
  useBias: boolean,
  refuse: Refuse,
): Effect {
  const outputShape = [...slide(image, window, refuse), filters];
  return weighted(outputShape, product(pair(window.size)) * image[2] * filters, useBias ? filters : 0);
}

/** Gamma and beta are trained; the moving mean and variance are kept. */
const normalization = (channels: number): Size => ({ trainable: 2 * channels, total: 4 * channels });

const pair = (size: number | [number, number]): [number, number] =>
  typeof size === 'number' ? [size, size] : size;

function imageFrom(shape: number[], refuse: Refuse): Image {
  if (shape.length !== 3) refuse('needs images, [height, width, channels]');
  return shape as Image;
}

/** Height and width of the output of a sliding window. */
function slide(
  shape: readonly number[],
  { size, strides, padding }: Window,
  refuse: Refuse,
): [number, number] {
  const window = pair(size);
  const steps = pair(strides);
  const along = (axis: 0 | 1) => {
    const length = shape[axis] as number;
    if (padding === 'valid' && length < window[axis])
      refuse(
        `its window of ${window.join('×')} does not fit: use a smaller window, or set padding to "same"`,
      );
    return Math.ceil((padding === 'same' ? length : length - window[axis] + 1) / steps[axis]);
  };
  return [along(0), along(1)];
}

function networkTitle(layers: readonly Layer[], inputShape: readonly number[]): string {
  const dense = layers.flatMap((l) => (l.type === 'dense' ? [l.units] : []));
  const filters = layers.flatMap((l) => (l.type === 'conv2d' || l.type === 'residual' ? [l.filters] : []));
  return filters.length === 0
    ? `MLP ${[product(inputShape), ...dense].join('-')}`
    : `CNN ${[filters.join('-'), dense.join('-')].filter((part) => part !== '').join(', ')}`;
}
