import { snakeCase } from './layers';
import { flatLayers, inboundOf, isModel, layersOf, nameOf, outputLayer, type LayerJson } from './topology';

/** Activations that can be removed from the end of a saved model, which leaves the exact logits. */
export const TAKEN_OFF = ['softmax', 'log_softmax', 'sigmoid'] as const;
export type TakenOff = (typeof TAKEN_OFF)[number];

/** The outputs of a saved model, according to its layers. */
export type Ending =
  | { kind: 'logits' }
  /** An activation that can be removed, in `layer`. */
  | { kind: TakenOff; layer: string }
  /** Another activation, which stays. */
  | { kind: 'other'; what: string; layer: string }
  /** Several branches, or a layer that allows no conclusion: the outputs must be examined. */
  | { kind: 'unknown'; probabilities: boolean };

interface Found {
  layer: LayerJson;
  /** Its axis may be a different one in the output. */
  reshaped: boolean;
}

/** Layers that return their inputs at inference. */
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

/** Replaces the activation at the end of a model by a linear one, in place. */
export function takeOff(model: LayerJson): void {
  const layer = lastThatComputes(model)?.layer;
  if (layer === undefined) return;
  if (layer.class_name === 'Softmax') layer.class_name = 'Activation';
  layer.config['activation'] = 'linear';
}

/** The last layer that computes the outputs; null if there are several, or if it is applied twice. */
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

/** A softmax over another axis than that of the classes cannot be removed. */
function alongClasses({ class_name, config }: LayerJson, reshaped: boolean): boolean {
  if (class_name !== 'Softmax') return true;
  const axis: unknown = config['axis'] ?? -1;
  const [only, ...others] = [axis].flat();
  return others.length === 0 && (only === -1 || (only === 1 && !reshaped));
}
