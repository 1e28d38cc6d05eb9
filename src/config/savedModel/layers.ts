import { own } from '../../own';
import { UserError } from '../errors';
import { didYouMean } from '../wording';
import { flatLayers, isModel, layersOf, nameOf, type LayerJson } from './topology';

/** The layers that TensorFlow.js Layers has (a test compares). */
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

/** The activations that it has, as Keras writes them. */
const ACTIVATIONS =
  'elu selu relu relu6 linear sigmoid hard_sigmoid softplus softsign tanh softmax log_softmax swish mish gelu gelu_new'.split(
    ' ',
  );

/** What a layer may say without changing what it computes, by key; anything else TensorFlow.js would pass over. */
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

/** @param keras3 whether Keras 3 saved it @throws UserError that names the first layer that TensorFlow.js does not have, or has otherwise */
export function checkLayers(model: LayerJson, keras3: boolean): void {
  if (!isModel(model))
    throw new UserError(
      `Its topology is of the class ${model.class_name}: expected a Sequential or functional model, whose layers are known.`,
    );
  if (layersOf(model).length === 0) throw new UserError('Its topology has no layers.');
  for (const key of ['input_layers', 'output_layers'] as const) {
    const ends = model.config[key];
    if (Array.isArray(ends) && ends.length > 1)
      throw new UserError(
        `It has ${ends.length} ${key === 'input_layers' ? 'inputs' : 'outputs'}; one is needed.`,
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
      `${title} is a ${kind}, which TensorFlow.js does not have${guess === null ? '' : ` (it has ${guess})`}: save the model without it, or with layers that do the same.`,
    );
  }
  const { activation } = config;
  const known = typeof activation !== 'string' || ACTIVATIONS.includes(snakeCase(activation));
  // Keras 3 has another slope.
  const otherSlope = keras3 && activation === 'hard_sigmoid';
  if (!known || otherSlope)
    throw new UserError(
      `${title} has the activation ${String(activation)}, which TensorFlow.js ${otherSlope ? 'computes otherwise' : 'does not have'}: save the model with another, or with layers that do the same.`,
    );
  for (const [key, harmless] of Object.entries(own(PASSED_OVER, kind) ?? {})) {
    const value = own(config, key);
    if (value !== undefined && !harmless.includes(value))
      throw new UserError(
        `${title} has ${key} ${JSON.stringify(value)}, which the ${kind} of TensorFlow.js does not have: save the model without it.`,
      );
  }
}

/** TensorFlow.js itself writes some in camel case. */
export const snakeCase = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter, at: number) => `${at === 0 ? '' : '_'}${letter.toLowerCase()}`);
