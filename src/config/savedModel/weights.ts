import { UserError } from '../errors';
import { shapesIn, type Shape } from './shapes';
import { flatLayers, nameOf, type LayerJson } from './topology';

/** A weight in a manifest. */
export interface WeightSpec {
  name: string;
  shape: number[];
  dtype?: string | undefined;
  quantization?: { dtype?: string | undefined } | undefined;
  group?: string | undefined;
}

interface Wanted {
  name: string;
  /** null for a size that is not known. */
  shape: Shape;
}

/** Bytes of a weight in its file. */
export function bytesOf({ shape, dtype, quantization }: WeightSpec): number {
  const stored = quantization?.dtype ?? dtype;
  const width =
    stored === 'uint8' || stored === 'bool' ? 1 : stored === 'uint16' || stored === 'float16' ? 2 : 4;
  return width * shape.reduce((a, b) => a * b, 1);
}

/**
 * The weights with the names that TensorFlow.js expects. Keras 3 prefixes the name of the model or numbers the weights of a
 * layer; those are matched by layer and position.
 *
 * @throws UserError that names a weight that is missing, superfluous or of the wrong shape
 */
export function matchWeights(model: LayerJson, specs: readonly WeightSpec[]): WeightSpec[] {
  const layers = flatLayers(model);
  const { inputs } = shapesIn(model);
  const wanted = layers.map((layer) => wantedBy(layer, inputs.get(layer) ?? null));
  // Weights of layers that are not known here are left to TensorFlow.js.
  const isWhole = wanted.every((list) => list !== null);
  const left = new Set(specs.filter(({ group }) => group !== 'optimizer'));
  const found = new Map<WeightSpec, string>();
  layers.forEach((layer, i) => {
    if (wanted[i]) matchLayer(layer, wanted[i], folderOf(layer, layers), left, found);
  });
  const [over] = isWhole ? left : [];
  if (over)
    throw new UserError(
      `Its weight “${over.name}” does not belong to any of its layers (${layers.map(nameOf).slice(0, 8).join(', ')}): topology and weights are from different models.`,
    );
  return specs.map((spec) => ({ ...spec, name: found.get(spec) ?? spec.name }));
}

function matchLayer(
  layer: LayerJson,
  wanted: readonly Wanted[],
  folder: string,
  left: Set<WeightSpec>,
  found: Map<WeightSpec, string>,
): void {
  const own = ownSpecs(nameOf(layer), folder, left);
  const exact = wanted.map(({ name }) => own.find((spec) => lastOf(spec) === name));
  // By position if all of them exist.
  const others = own.length === wanted.length ? own.filter((spec) => !exact.includes(spec)) : [];
  wanted.forEach(({ name, shape }, i) => {
    const spec = exact[i] ?? others.shift();
    if (spec === undefined)
      throw new UserError(
        `Its layer “${nameOf(layer)}” (${layer.class_name}) needs the weight “${name}”, which is missing: topology and weights are from different models.`,
      );
    if (shape !== null && !fits(spec.shape, shape))
      throw new UserError(
        `Its weight “${spec.name}” has the shape [${spec.shape.join(', ')}], but its layer “${nameOf(layer)}” (${layer.class_name}) needs [${shape.map((size) => size ?? '?').join(', ')}]: topology and weights are from different models.`,
      );
    found.set(spec, `${nameOf(layer)}/${name}`);
    left.delete(spec);
  });
}

/** Weights under the layer's name at any depth; in an archive of Keras 3, under the layer's folder. */
function ownSpecs(name: string, folder: string, left: ReadonlySet<WeightSpec>): WeightSpec[] {
  const under = (wanted: string) => [...left].filter((spec) => `/${foldersOf(spec)}`.endsWith(`/${wanted}`));
  const archived = [...left].some(isNumbered);
  const [first, second] = archived ? [folder, name] : [name, folder];
  const own = under(first);
  return own.length > 0 ? own : under(second);
}

const isNumbered = ({ name }: WeightSpec) => /\/vars\/\d+$/.test(name);
const foldersOf = ({ name }: WeightSpec) =>
  name
    .split('/')
    .slice(0, -1)
    .filter((part) => part !== 'vars')
    .join('/');
const lastOf = ({ name }: WeightSpec) => name.split('/').at(-1)!.replace(/:\d+$/, '');

/** In an archive of Keras 3, layers are named by class and numbered: dense, dense_1, … */
function folderOf(layer: LayerJson, all: readonly LayerJson[]): string {
  const place = all.filter(({ class_name }) => class_name === layer.class_name).indexOf(layer);
  const name = layer.class_name
    .replaceAll(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
  return place === 0 ? name : `${name}_${place}`;
}

const fits = (shape: readonly number[], wanted: readonly (number | null)[]) =>
  shape.length === wanted.length && shape.every((size, i) => wanted[i] === null || wanted[i] === size);

const WITHOUT = (
  'InputLayer Activation Dropout Flatten Reshape Permute ReLU LeakyReLU ELU ThresholdedReLU Softmax GaussianNoise ' +
  'GaussianDropout AlphaDropout SpatialDropout1D Rescaling Masking Add Average Maximum Minimum Multiply Dot Concatenate ' +
  'MaxPooling1D MaxPooling2D MaxPooling3D AveragePooling1D AveragePooling2D AveragePooling3D GlobalAveragePooling1D ' +
  'GlobalAveragePooling2D GlobalMaxPooling1D GlobalMaxPooling2D ZeroPadding2D Cropping2D UpSampling2D RepeatVector'
).split(' ');

/** The weights of a layer, in order; null for a layer that is not known here. */
function wantedBy(layer: LayerJson, input: Shape): Wanted[] | null {
  const { class_name: kind, config } = layer;
  if (WITHOUT.includes(kind)) return [];
  const { units, filters, kernel_size: window } = config as Record<string, unknown>;
  const last = input?.at(-1) ?? null;
  const outputs = asSize(units ?? filters);
  const weight = (name: string, shape: Shape): Wanted => ({ name, shape });
  const bias = (size: number | null) => (config['use_bias'] === false ? [] : [weight('bias', [size])]);
  const isFirst = config['data_format'] === 'channels_first';
  const channels = isFirst ? null : last;
  switch (kind) {
    case 'Dense':
      return [weight('kernel', [last, outputs]), ...bias(outputs)];
    case 'Conv1D':
    case 'Conv2D':
      return [weight('kernel', [...windowOf(window, kind), channels, outputs]), ...bias(outputs)];
    case 'DepthwiseConv2D': {
      const multiplier = asSize(config['depth_multiplier'] ?? 1);
      const size = channels === null || multiplier === null ? null : channels * multiplier;
      return [weight('depthwise_kernel', [...windowOf(window, kind), channels, multiplier]), ...bias(size)];
    }
    case 'SeparableConv2D':
      return [
        weight('depthwise_kernel', null),
        weight('pointwise_kernel', [1, 1, null, outputs]),
        ...bias(outputs),
      ];
    case 'BatchNormalization':
      return [
        ...(config['scale'] === false ? [] : [weight('gamma', [null])]),
        ...(config['center'] === false ? [] : [weight('beta', [null])]),
        weight('moving_mean', [null]),
        weight('moving_variance', [null]),
      ];
    case 'LayerNormalization':
      return [
        ...(config['scale'] === false ? [] : [weight('gamma', null)]),
        ...(config['center'] === false ? [] : [weight('beta', null)]),
      ];
    default:
      return null;
  }
}

const asSize = (value: unknown): number | null => (typeof value === 'number' ? value : null);

function windowOf(window: unknown, kind: string): (number | null)[] {
  const rank = kind === 'Conv1D' ? 1 : 2;
  const sizes = [window].flat();
  return Array.from({ length: rank }, (_, i) => asSize(sizes[i] ?? sizes[0]));
}
