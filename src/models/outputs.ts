import { tensor2d, tidy, gather, tensor1d } from '@tensorflow/tfjs-core';
import { layers, model as modelOf } from '@tensorflow/tfjs-layers';
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';

/** Converts the logit z of one sigmoid to the logits of two classes, [0, z], which have the same probabilities. */
export const twoLogits = (model: LayersModel): LayersModel => followedBy(model, 'two_logits', [[0, 1]]);

/**
 * The model with its outputs in the order of the classes. If its last layer is dense, the weights of that layer are
 * reordered; otherwise a multiplication by a permutation matrix is added.
 *
 * @param order the class number of each output; each number once
 */
export function reordered(model: LayersModel, order: readonly number[]): LayersModel {
  const last = model.layers.at(-1);
  const source = model.outputs[0]!.sourceLayer;
  if (last?.getClassName() !== 'Dense' || source !== last || last.getConfig()['activation'] !== 'linear')
    return followedBy(
      model,
      'class_order',
      order.map((place) => order.map((_, c) => (c === place ? 1 : 0))),
    );
  const from = order.map((_, c) => order.indexOf(c));
  tidy(() => {
    const index = tensor1d(from, 'int32');
    last.setWeights(last.getWeights().map((weight) => gather(weight, index, weight.rank - 1)));
  });
  return model;
}

/** The model with another linear layer. @param kernel [outputs of the model, new outputs] */
function followedBy(model: LayersModel, name: string, kernel: number[][]): LayersModel {
  const layer = layers.dense({ units: kernel[0]!.length, useBias: false, name });
  const outputs = layer.apply(model.outputs[0]!) as SymbolicTensor;
  const values = tensor2d(kernel);
  layer.setWeights([values]);
  values.dispose();
  layer.trainable = false;
  return modelOf({ inputs: model.inputs, outputs });
}
