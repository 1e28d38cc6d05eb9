import { own } from '../../own';
import { UserError } from '../errors';
import { didYouMean } from '../wording';
import { flatLayers, isModel, layersOf, nameOf, type LayerJson } from './topology';

/** The layers of TensorFlow.js Layers (a test compares). */
export const LAYERS = (
  'Activation Add AlphaDropout Average AveragePooling1D AveragePooling2D AveragePooling3D BatchNormalization ' +
  'Bidirectional CategoryEncoding CenterCrop Concatenate Conv1D Conv2D Conv2DTranspose Conv3D Conv3DTranspose ' +
  'ConvLSTM2D ConvLSTM2DCell Cropping2D Dense DepthwiseConv2D Dot Dropout ELU Embedding Flatten GRU GRUCell ' +
  'GaussianDropout GaussianNoise GlobalAveragePooling1D GlobalAveragePooling2D GlobalMaxPooling1D ' +
  'GlobalMaxPooling2D InputLayer LSTM LSTMCell LayerNormalization LeakyReLU Masking MaxPooling1D MaxPooling2D ' +
  'MaxPooling3D Maximum Minimum Multiply PReLU Permute RNN RandomWidth ReLU RepeatVector Rescaling Reshape ' +
  'Resizing SeparableConv2D SimpleRNN SimpleRNNCell Softmax SpatialDropout1D StackedRNNCells ThresholdedReLU ' +
  'TimeDistributed UpSampling2D ZeroPadding2D'
).split(' ');

/** Its activations, as Keras writes them. */
const ACTIVATIONS =
  'elu selu relu relu6 linear sigmoid hard_sigmoid softplus softsign tanh softmax log_softmax swish mish gelu gelu_new'.split(
    ' ',
  );

/** Keys that TensorFlow.js ignores, with the values that do not change the result. */
const PASSED_OVER: Record<string, Record<string, readonly unknown[]>> = {
  ReLU: { negative_slope: [0, null], threshold: [0, null] },
  GlobalAveragePooling2D: { keepdims: [false, null] },
  GlobalMaxPooling2D: { keepdims: [false, null] },
  GlobalAveragePooling1D: { keepdims: [false, null] },
  GlobalMaxPooling1D: { keepdims: [false, null] },
  Conv1D: { groups: [1, null] },
  Conv2D: { groups: [1, null] },
  LayerNormalization: { rms_scaling: [false, null] },
};

/** @param keras3 whether Keras 3 saved the model @throws UserError that names the first layer that TensorFlow.js does not support */
export function checkLayers(model: LayerJson, keras3: boolean): void {
  if (!isModel(model))
    throw new UserError(
      `Its topology has the class ${model.class_name}: expected a Sequential or functional model.`,
    );
  if (layersOf(model).length === 0) throw new UserError('Its topology has no layers.');
  for (const key of ['input_layers', 'output_layers'] as const) {
    const ends = model.config[key];
    if (Array.isArray(ends) && ends.length > 1)
      throw new UserError(
        `It has ${ends.length} ${key === 'input_layers' ? 'inputs' : 'outputs'}; exactly one is supported.`,
      );
  }
  for (const layer of flatLayers(model)) checkLayer(layer, keras3);
}

function checkLayer(layer: LayerJson, keras3: boolean): void {
  const { class_name: kind, config } = layer;
  const title = `Its layer “${nameOf(layer)}”`;
  if (!LAYERS.includes(kind)) {
    const guess = didYouMean(kind, LAYERS);
    throw new UserError(
      `${title} is a ${kind}, which TensorFlow.js does not support${guess === null ? '' : ` (it supports ${guess})`}: save the model without it or with equivalent layers.`,
    );
  }
  const { activation } = config;
  const known = typeof activation !== 'string' || ACTIVATIONS.includes(snakeCase(activation));
  // Keras 3 uses another slope.
  const otherSlope = keras3 && activation === 'hard_sigmoid';
  if (!known || otherSlope)
    throw new UserError(
      `${title} has the activation ${String(activation)}, which TensorFlow.js ${otherSlope ? 'computes differently' : 'does not support'}: save the model with another activation or with equivalent layers.`,
    );
  for (const [key, harmless] of Object.entries(own(PASSED_OVER, kind) ?? {})) {
    const value = own(config, key);
    if (value !== undefined && !harmless.includes(value))
      throw new UserError(
        `${title} has ${key} ${JSON.stringify(value)}, which ${kind} in TensorFlow.js does not support: save the model without it.`,
      );
  }
}

/** TensorFlow.js itself writes some names in camel case. */
export const snakeCase = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter, at: number) => `${at === 0 ? '' : '_'}${letter.toLowerCase()}`);
