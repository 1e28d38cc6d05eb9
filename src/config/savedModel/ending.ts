import { snakeCase } from './layers';
import { flatLayers, inboundOf, isModel, layersOf, nameOf, outputLayer, type LayerJson } from './topology';

/** An activation that a saved model ends in and that can be taken off, which leaves the logits as they were, exactly. */
export const TAKEN_OFF = ['softmax', 'log_softmax', 'sigmoid'] as const;
export type TakenOff = (typeof TAKEN_OFF)[number];

/** What the outputs of a saved model are, as its layers tell. */
export type Ending =
  | { kind: 'logits' }
  /** An activation that can be taken off; `layer` has it. */
  | { kind: TakenOff; layer: string }
  /** Something that bends or bounds logits and stays. */
  | { kind: 'other'; what: string; layer: string }
  /** Answers of several branches together, or a layer that does not tell: what comes out is looked at. */
  | { kind: 'unknown'; probabilities: boolean };

interface Found {
  layer: LayerJson;
  /** The axis that it runs over may be another one at the end. */
  reshaped: boolean;
}

/** Layers that give the values they get, when a network only answers. */
const PASS_ON = [
  'Dropout',
  'Flatten',
  'Reshape',
  'GaussianNoise',
  'GaussianDropout',
  'AlphaDropout',
  'SpatialDropout1D',
];
const MERGE = ['Add', 'Average', 'Maximum', 'Minimum', 'Multiply', 'Dot', 'Concatenate'];
const BEND = ['ReLU', 'LeakyReLU', 'ELU', 'PReLU', 'ThresholdedReLU'];

export function endingOf(model: LayerJson): Ending {
  const found = lastThatComputes(model);
  const unknown: Ending = {
    kind: 'unknown',
    probabilities: flatLayers(model).some((layer) => squashes(layer)),
  };
  if (found === null) return unknown;
  const { layer, reshaped } = found;
  const { class_name: kind } = layer;
  const activation = activationOf(layer);
  if (activation === 'softmax' || activation === 'log_softmax')
    return alongClasses(layer, reshaped) ? { kind: activation, layer: nameOf(layer) } : unknown;
  if (activation === 'sigmoid') return { kind: activation, layer: nameOf(layer) };
  if (activation !== null && activation !== 'linear')
    return { kind: 'other', what: activation, layer: nameOf(layer) };
  if (BEND.includes(kind)) return { kind: 'other', what: kind, layer: nameOf(layer) };
  return MERGE.includes(kind) || isModel(layer) || !('units' in layer.config || 'filters' in layer.config)
    ? unknown
    : { kind: 'logits' };
}

/** Makes the activation that a model ends in linear, in place. */
export function takeOff(model: LayerJson): void {
  const layer = lastThatComputes(model)?.layer;
  if (layer === undefined) return;
  if (layer.class_name === 'Softmax') layer.class_name = 'Activation';
  layer.config['activation'] = 'linear';
}

/** The last layer whose values are those that the model gives; null where it has several ends or applies it twice. */
function lastThatComputes(model: LayerJson, reshaped = false): Found | null {
  let layer = outputLayer(model);
  while (layer !== null) {
    const inbound = inboundOf(model, layer);
    if (inbound.length !== 1) return null;
    if (isModel(layer)) return lastThatComputes(layer, reshaped);
    const passesOn = PASS_ON.includes(layer.class_name) || isLinear(layer);
    if (!passesOn) return { layer, reshaped };
    reshaped ||= layer.class_name === 'Flatten' || layer.class_name === 'Reshape';
    const [from] = inbound[0]!;
    layer = layersOf(model).find((one) => nameOf(one) === from) ?? null;
  }
  return null;
}

const isLinear = (layer: LayerJson) => layer.class_name === 'Activation' && activationOf(layer) === 'linear';

function activationOf({ class_name, config }: LayerJson): string | null {
  if (class_name === 'Softmax') return 'softmax';
  const { activation } = config as { activation?: unknown };
  return typeof activation === 'string' ? snakeCase(activation) : null;
}

const squashes = (layer: LayerJson) => TAKEN_OFF.some((kind) => kind === activationOf(layer));

/** A softmax over another axis than that of the classes cannot be taken off. */
function alongClasses({ class_name, config }: LayerJson, reshaped: boolean): boolean {
  if (class_name !== 'Softmax') return true;
  const axis: unknown = config['axis'] ?? -1;
  const [only, ...others] = [axis].flat();
  return others.length === 0 && (only === -1 || (only === 1 && !reshaped));
}
