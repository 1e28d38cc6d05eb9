import { UserError } from '../errors';
import { isModel, isObject, layersOf, nameOf, type LayerJson } from './topology';

/**
 * Converts the format of Keras 3, in place, to that of Keras 2, which TensorFlow.js Layers reads: input shapes, dtype
 * policies, functions by module, initializers, nodes of functional models.
 *
 * @throws UserError that names the layer if TensorFlow.js would misread it
 */
export function fromKeras3(layer: LayerJson): void {
  delete layer['module'];
  delete layer['registered_name'];
  delete layer['build_config'];
  delete layer['compile_config'];
  if (Array.isArray(layer.config)) return layersOf(layer).forEach(fromKeras3);
  rename(layer, 'batch_shape', 'batch_input_shape');
  const config = Object.fromEntries(
    Object.entries(layer.config).map(([key, value]) => [key, plain(value, key, layer)]),
  );
  layer.config = config;
  if (layer['inbound_nodes'] !== undefined) layer['inbound_nodes'] = nodesOf(layer);
  renamed(layer);
  if (!isModel(layer)) return;
  layersOf(layer).forEach(fromKeras3);
  for (const key of ['input_layers', 'output_layers'] as const) {
    const ends = config[key];
    // A single one is not in a list.
    if (Array.isArray(ends) && typeof ends[0] === 'string') config[key] = [ends];
  }
  const [first] = layersOf(layer);
  const shape = config['build_input_shape'];
  if (layer.class_name === 'Sequential' && first && Array.isArray(shape))
    first.config['batch_input_shape'] ??= shape;
}

/** Config keys with another name in TensorFlow.js. */
type OldKey = 'batch_shape' | 'negative_slope';
type NewKey = 'batch_input_shape' | 'alpha';

function rename({ config }: LayerJson, from: OldKey, to: NewKey): void {
  if (!Object.hasOwn(config, from)) return;
  config[to] ??= config[from];
  delete config[from];
}

/** A config value without the wrapper of Keras 3. */
function plain(value: unknown, key: string, layer: LayerJson): unknown {
  if (!isObject(value) || typeof value['class_name'] !== 'string') return value;
  // Mixed precision only affects training: weights are saved and used as float32.
  if (key === 'dtype') return 'float32';
  const isOfKeras3 = 'module' in value || 'registered_name' in value;
  if (!isOfKeras3) return value;
  // Weights are loaded, so initializers are not used; regularizers do not affect inference.
  if (/_(initializer|regularizer|constraint)$/.test(key)) return null;
  if (value['class_name'] === 'function' && typeof value['config'] === 'string') return value['config'];
  if (key === 'activation')
    throw new UserError(
      `The layer “${nameOf(layer)}” has the activation ${value['class_name']}, which TensorFlow.js supports only as a layer: save the model with it as a separate layer.`,
    );
  return value;
}

/** Keys and values with another name in TensorFlow.js. */
function renamed(layer: LayerJson): void {
  const { config } = layer;
  if (layer.class_name === 'LeakyReLU') rename(layer, 'negative_slope', 'alpha');
  if (
    layer.class_name === 'BatchNormalization' &&
    Array.isArray(config['axis']) &&
    config['axis'].length === 1
  )
    config['axis'] = (config['axis'] as unknown[])[0];
  if (layer.class_name === 'Identity') {
    layer.class_name = 'Activation';
    config['activation'] = 'linear';
  }
  if (config['activation'] === 'silu') config['activation'] = 'swish';
}

/** [{ args, kwargs }] with tensors as objects, as lists of [layer, node, tensor, arguments]. */
function nodesOf(layer: LayerJson): unknown {
  const nodes = layer['inbound_nodes'];
  if (!Array.isArray(nodes)) return nodes;
  return nodes.map((node: unknown) => {
    if (!isObject(node)) return node;
    const inputs = tensorsIn(node['args']);
    if (inputs.length === 0 || tensorsIn(node['kwargs']).length > 0)
      throw new UserError(
        `The layer “${nameOf(layer)}” (${layer.class_name}) gets tensors in a way that TensorFlow.js does not support: expected the inputs as the only arguments.`,
      );
    return inputs.map((from) => [...from, {}]);
  });
}

function tensorsIn(value: unknown): unknown[][] {
  if (Array.isArray(value)) return value.flatMap(tensorsIn);
  if (!isObject(value)) return [];
  if (value['class_name'] !== '__keras_tensor__') return Object.values(value).flatMap(tensorsIn);
  const history = isObject(value['config']) ? value['config']['keras_history'] : null;
  return Array.isArray(history) ? [history as unknown[]] : [];
}
