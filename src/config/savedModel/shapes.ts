import { UserError } from '../errors';
import { inboundOf, isModel, layersOf, nameOf, outputLayer, type LayerJson } from './topology';

/** Without the batch dimension; null for a size, or a whole shape, that is not known without building the model. */
export type Shape = (number | null)[] | null;

/** Input shapes by layer, including those of nested models, and the output shape. */
export interface Shapes {
  inputs: Map<LayerJson, Shape>;
  output: Shape;
}

/** Shapes in a model, as far as they are known for its layers. */
export function shapesIn(model: LayerJson, given: Shape = null): Shapes {
  const inputs = new Map<LayerJson, Shape>();
  const outputs = new Map<string, Shape>();
  const layers = layersOf(model);
  const visiting = new Set<string>();
  const visit = (layer: LayerJson): Shape => {
    const name = nameOf(layer);
    if (outputs.has(name)) return outputs.get(name)!;
    if (visiting.has(name))
      throw new UserError(`Its layer “${name}” is among its own inputs: expected layers without a cycle.`);
    visiting.add(name);
    const [from = []] = inboundOf(model, layer);
    const before = from
      .map((one) => layers.find((other) => nameOf(other) === one))
      .map((one) => (one ? visit(one) : null));
    const shape = before.length > 1 ? null : (before[0] ?? ownInput(layer) ?? given);
    inputs.set(layer, shape);
    if (isModel(layer)) {
      const inner = shapesIn(layer, shape);
      inner.inputs.forEach((value, key) => inputs.set(key, value));
      outputs.set(name, inner.output);
    } else outputs.set(name, before.length > 1 ? merged(layer, before) : shapeAfter(layer, shape));
    return outputs.get(name)!;
  };
  layers.forEach(visit);
  const last = outputLayer(model);
  return { inputs, output: last === null ? null : (outputs.get(nameOf(last)) ?? null) };
}

function ownInput({ config }: LayerJson): Shape {
  const shape: unknown = config['batch_input_shape'] ?? config['batchInputShape'];
  return Array.isArray(shape)
    ? shape.slice(1).map((size: unknown) => (typeof size === 'number' ? size : null))
    : null;
}

const SAME = (
  'InputLayer Activation Dropout BatchNormalization LayerNormalization ReLU LeakyReLU ELU PReLU ThresholdedReLU Softmax ' +
  'GaussianNoise GaussianDropout AlphaDropout SpatialDropout1D Rescaling Masking'
).split(' ');

function merged({ class_name }: LayerJson, before: readonly Shape[]): Shape {
  return ['Add', 'Average', 'Maximum', 'Minimum', 'Multiply'].includes(class_name) ? before[0]! : null;
}

function shapeAfter({ class_name: kind, config }: LayerJson, shape: Shape): Shape {
  if (SAME.includes(kind)) return shape;
  const {
    units,
    filters,
    target_shape: target,
  } = config as { units?: number; filters?: number; target_shape?: unknown };
  if (kind === 'Dense') return shape === null ? null : [...shape.slice(0, -1), units ?? null];
  if (kind === 'Reshape') return Array.isArray(target) && !target.includes(-1) ? (target as number[]) : null;
  if (shape === null || config['data_format'] === 'channels_first') return null;
  if (kind === 'Flatten') {
    const known = shape.filter((size) => size !== null);
    return [known.length < shape.length ? null : known.reduce((a, b) => a * b, 1)];
  }
  if (/^Global(Average|Max)Pooling[12]D$/.test(kind)) return [shape.at(-1) ?? null];
  if (
    !/^(Conv2D|DepthwiseConv2D|SeparableConv2D|MaxPooling2D|AveragePooling2D)$/.test(kind) ||
    shape.length !== 3
  )
    return null;
  const channels =
    filters ??
    (kind === 'DepthwiseConv2D' ? times(shape[2]!, Number(config['depth_multiplier'] ?? 1)) : shape[2]!);
  const window = both(config['kernel_size'] ?? config['pool_size']);
  const strides = both(config['strides'] ?? config['pool_size'] ?? 1);
  const dilation = both(config['dilation_rate'] ?? 1);
  const along = (axis: 0 | 1): number | null => {
    const size = shape[axis]!;
    if (size === null || window === null || strides === null || dilation === null) return null;
    const covered = config['padding'] === 'same' ? 1 : (window[axis] - 1) * dilation[axis] + 1;
    return Math.ceil((size - covered + 1) / strides[axis]);
  };
  return [along(0), along(1), channels];
}

const times = (size: number | null, factor: number) => (size === null ? null : size * factor);

function both(value: unknown): [number, number] | null {
  if (typeof value === 'number') return [value, value];
  return Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'number'
    ? [value[0], value[1]]
    : null;
}
