import { layers } from '@tensorflow/tfjs-layers';
import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { Layer } from '../config/layers';

type Of<Type extends Layer['type']> = Extract<Layer, { type: Type }>;

/** Appends a config's layer to the graph; the last operation of a block has the block's name. */
export function addLayer(x: SymbolicTensor, layer: Layer, name: string): SymbolicTensor {
  switch (layer.type) {
    case 'dense':
      return to(x, layers.dense({ ...pick(layer), units: layer.units, name }));
    case 'conv2d':
      return to(
        x,
        layers.conv2d({
          ...pick(layer),
          filters: layer.filters,
          kernelSize: layer.kernelSize,
          strides: layer.strides,
          padding: layer.padding,
          name,
        }),
      );
    case 'depthwiseConv2d':
      return to(
        x,
        layers.depthwiseConv2d({
          ...pick(layer),
          kernelSize: both(layer.kernelSize),
          depthMultiplier: layer.depthMultiplier,
          strides: both(layer.strides),
          padding: layer.padding,
          name,
        }),
      );
    case 'maxPooling2d':
      return to(x, layers.maxPooling2d({ ...pooling(layer), name }));
    case 'averagePooling2d':
      return to(x, layers.averagePooling2d({ ...pooling(layer), name }));
    case 'globalAveragePooling2d':
      return to(x, layers.globalAveragePooling2d({ name }));
    case 'batchNormalization':
      return to(x, layers.batchNormalization({ momentum: layer.momentum, epsilon: layer.epsilon, name }));
    case 'dropout':
      return to(x, layers.dropout({ rate: layer.rate, name }));
    case 'flatten':
      // Stock Flatten rejects inputs that are flat already.
      return to(x, x.rank > 2 ? layers.flatten({ name }) : layers.activation({ activation: 'linear', name }));
    case 'activation':
      return to(x, layers.activation({ activation: layer.activation, name }));
    case 'residual':
      return residual(x, layer, name);
  }
}

/**
 * Two convolutions and a shortcut around them (He et al. 2016, "Deep Residual Learning", §3.2–3.3, option B: if shapes
 * differ, the shortcut is a 1×1 convolution). Convolutions that are followed by a normalization have no bias.
 */
function residual(x: SymbolicTensor, block: Of<'residual'>, name: string): SymbolicTensor {
  const useBias = !block.normalization;
  const convolve = (
    from: SymbolicTensor,
    part: string,
    kernelSize: number | [number, number],
    strides = block.strides,
  ) => {
    const y = to(
      from,
      layers.conv2d({
        filters: block.filters,
        kernelSize,
        strides,
        padding: 'same',
        useBias,
        name: `${name}_${part}`,
      }),
    );
    return block.normalization
      ? to(y, layers.batchNormalization({ momentum: 0.9, name: `${name}_${part}_norm` }))
      : y;
  };
  const activate = (y: SymbolicTensor, as: string) =>
    to(y, layers.activation({ activation: block.activation, name: as }));

  const inner = activate(convolve(x, 'conv1', block.kernelSize), `${name}_activation1`);
  const branch = convolve(inner, 'conv2', block.kernelSize, 1);
  const sameShape = branch.shape.every((size, axis) => size === x.shape[axis]);
  const shortcut = sameShape ? x : convolve(x, 'shortcut', 1);
  const sum = layers.add({ name: `${name}_sum` }).apply([branch, shortcut]) as SymbolicTensor;
  return activate(sum, name);
}

const to = (x: SymbolicTensor, layer: layers.Layer) => layer.apply(x) as SymbolicTensor;
const both = (size: number | [number, number]): [number, number] =>
  typeof size === 'number' ? [size, size] : size;
const pick = ({ activation, useBias }: { activation: Of<'dense'>['activation']; useBias: boolean }) => ({
  activation,
  useBias,
});
const pooling = ({ poolSize, strides, padding }: Of<'maxPooling2d'> | Of<'averagePooling2d'>) => ({
  poolSize,
  strides: strides ?? poolSize,
  padding,
});
