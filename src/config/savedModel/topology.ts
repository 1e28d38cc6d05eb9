/** A JSON object of a model.json, as Keras and TensorFlow.js write it (snake case). */
export type Json = Record<string, unknown>;

/** A layer or a model in a topology. */
export interface LayerJson extends Json {
  class_name: string;
  config: Json;
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The model in "modelTopology", which older writers nest one level deeper; null if there is none. */
export function modelIn(topology: unknown): LayerJson | null {
  const model =
    isObject(topology) && isObject(topology['model_config']) ? topology['model_config'] : topology;
  return isLayer(model) ? model : null;
}

const isLayer = (value: unknown): value is LayerJson =>
  isObject(value) &&
  typeof value['class_name'] === 'string' &&
  (isObject(value['config']) || Array.isArray(value['config']));

export const isModel = ({ class_name }: LayerJson): boolean =>
  ['Sequential', 'Functional', 'Model'].includes(class_name);

/** The layers of a model; in very old Sequential models they are the config itself. */
export function layersOf({ config }: LayerJson): LayerJson[] {
  const list: unknown = Array.isArray(config) ? config : config['layers'];
  return Array.isArray(list) ? list.filter(isLayer) : [];
}

export const nameOf = (layer: LayerJson): string => {
  const name = layer.config['name'] ?? layer['name'];
  return typeof name === 'string' ? name : layer.class_name;
};

/** All layers, including those of nested models instead of the nested models. */
export const flatLayers = (model: LayerJson): LayerJson[] =>
  layersOf(model).flatMap((layer) => (isModel(layer) ? flatLayers(layer) : [layer]));

/** The names of a layer's input layers, for each time that it is applied. */
export function inboundOf(model: LayerJson, layer: LayerJson): string[][] {
  if (model.class_name === 'Sequential') {
    const layers = layersOf(model);
    const before = layers[layers.indexOf(layer) - 1];
    return [before ? [nameOf(before)] : []];
  }
  const nodes = Array.isArray(layer['inbound_nodes']) ? (layer['inbound_nodes'] as unknown[]) : [];
  return nodes.map((node) =>
    Array.isArray(node)
      ? node.flatMap((from: unknown) => (Array.isArray(from) ? [String(from[0])] : []))
      : [],
  );
}

/** The layer of a model's single output; null if there are several outputs. */
export function outputLayer(model: LayerJson): LayerJson | null {
  const layers = layersOf(model);
  if (model.class_name === 'Sequential') return layers.at(-1) ?? null;
  const outputs = Array.isArray(model.config['output_layers'])
    ? (model.config['output_layers'] as unknown[])
    : [];
  const [only] = outputs;
  if (outputs.length !== 1 || !Array.isArray(only)) return null;
  return layers.find((layer) => nameOf(layer) === only[0]) ?? null;
}
