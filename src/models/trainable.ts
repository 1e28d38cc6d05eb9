import { ones, zeros, type Tensor } from '@tensorflow/tfjs-core';
import type { layers, LayersModel } from '@tensorflow/tfjs-layers';
import { UserError } from '../config/errors';

type Layer = layers.Layer;

/**
 * Layers whose operations the gradient suite (src/engines/gradients) checks against float64. Engines compute some others
 * wrongly without an error: those may be used for inference, as in a saved teacher, but not trained.
 */
const TESTED = new Set(
  (
    'InputLayer Dense Conv2D DepthwiseConv2D MaxPooling2D AveragePooling2D GlobalAveragePooling2D GlobalMaxPooling2D ' +
    'BatchNormalization LayerNormalization Dropout Activation ReLU LeakyReLU Softmax Flatten Reshape ZeroPadding2D Add ' +
    'Multiply Concatenate'
  ).split(' '),
);
const ACTIVATIONS = new Set(
  'linear relu relu6 elu selu gelu gelu_new sigmoid tanh softplus swish softmax'.split(' '),
);
/** Layers that use the engine's random generator, so that training with them is not repeatable. */
const UNSEEDED = new Set(['GaussianNoise', 'GaussianDropout', 'AlphaDropout', 'SpatialDropout1D']);

/** Makes layers that must not be trained throw an error in training mode. */
export function refuseUntested(model: LayersModel): void {
  for (const layer of flatLayers(model.layers)) {
    const reason = whyNot(layer);
    if (reason === null) continue;
    const infer = layer.call.bind(layer);
    layer.call = (inputs, kwargs) => {
      if (kwargs['training'] === true) throw new UserError(`The layer "${layer.name}" ${reason}`);
      return infer(inputs, kwargs);
    };
  }
}

/**
 * A batch normalization that is not trainable uses its moving statistics and does not update them, as in Keras; the layer
 * that normalizes the inputs of a saved model is one.
 */
export function keepStatistics(model: LayersModel): void {
  for (const layer of flatLayers(model.layers)) {
    if (layer.getClassName() !== 'BatchNormalization' || layer.trainable) continue;
    const call = layer.call.bind(layer);
    layer.call = (inputs, kwargs) => call(inputs, { ...kwargs, training: false });
  }
}

/**
 * tfjs-core cannot differentiate a batch normalization without offset or scale, so constants replace them. They are not
 * weights of the layer, which is saved unchanged.
 */
export function completeBatchNormalization(model: LayersModel): void {
  for (const layer of flatLayers(model.layers)) {
    if (layer.getClassName() !== 'BatchNormalization') continue;
    const own = layer as unknown as { beta?: Constant; gamma?: Constant; movingMean: { shape: number[] } };
    const shape = own.movingMean.shape;
    own.beta ??= { read: () => zeros(shape) };
    own.gamma ??= { read: () => ones(shape) };
  }
}

interface Constant {
  read(): Tensor;
}

/** All layers, including those of nested models. */
export function flatLayers(list: Layer[]): Layer[] {
  return list.flatMap((layer) =>
    'layers' in layer ? flatLayers((layer as unknown as LayersModel).layers) : [layer],
  );
}

function whyNot(layer: Layer): string | null {
  const className = layer.getClassName();
  if (UNSEEDED.has(className))
    return `is a ${className}, whose random numbers cannot be repeated. Use dropout instead.`;
  if (!TESTED.has(className))
    return `is a ${className}, whose gradient is not tested. A network with this layer can be used as a saved teacher but not trained.`;
  const { activation, dilationRate = 1 } = layer.getConfig() as {
    activation?: string;
    dilationRate?: number | number[];
  };
  if ([dilationRate].flat().some((rate) => rate !== 1))
    return `has a dilation, which TensorFlow.js does not differentiate. A network with this layer can be used as a saved teacher but not trained.`;
  if (activation !== undefined && !ACTIVATIONS.has(activation.toLowerCase()))
    return `has the activation ${activation}, whose gradient is not tested. A network with this layer can be used as a saved teacher but not trained.`;
  return null;
}
