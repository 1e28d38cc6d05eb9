import type { io } from '@tensorflow/tfjs-core';
import type { Normalization } from '../data/normalization';

const NAME = 'normalize_inputs';

export type Artifacts = Required<Pick<io.ModelArtifacts, 'modelTopology' | 'weightSpecs'>> & {
  weightData: ArrayBuffer;
};
type Link = [layer: string, node: number, tensor: number, kwargs: object];
interface WrittenLayer {
  name?: string;
  class_name: string;
  config: { name: string; batch_input_shape?: unknown };
  /** Absent in a sequential model. */
  inbound_nodes?: Link[][];
}
interface Topology {
  config: { layers: WrittenLayer[]; input_layers?: [name: string, node: number, tensor: number][] };
}

/**
 * The model with a first layer that normalizes inputs, so that it takes examples as they are read: a batch normalization
 * that is not trained, with variance 1 and the factors 1 / sd. Its weights come first.
 *
 * @param shape of one example as the model gets it
 */
export function withNormalization(
  artifacts: Artifacts,
  shape: readonly number[],
  { mean, sd }: Normalization,
): Artifacts {
  const topology = structuredClone(artifacts.modelTopology) as Topology;
  const { layers, input_layers: inputs } = topology.config;
  const names = layers.map(({ config }) => config.name);
  const [input] = inputs?.[0] ?? [];
  let name = NAME;
  while (names.includes(name)) name += '_';
  const layer: WrittenLayer = {
    class_name: 'BatchNormalization',
    config: {
      name,
      batch_input_shape: [null, ...shape],
      ...{ trainable: false, dtype: 'float32', axis: -1, epsilon: 0, center: false, scale: true },
    },
  };
  if (input === undefined) layers.splice(isInput(layers[0]!) ? 1 : 0, 0, layer);
  else {
    relink(layers, input, name);
    const link: Link = [input, 0, 0, {}];
    layers.splice(names.indexOf(input) + 1, 0, { name, ...layer, inbound_nodes: [[link]] });
  }
  const columns = shape.at(-1)!;
  const each = (value: (c: number) => number) => Float32Array.from({ length: columns }, (_, c) => value(c));
  const weights = {
    gamma: each((c) => 1 / sd[c % sd.length]!),
    moving_mean: each((c) => mean[c % mean.length]!),
    moving_variance: each(() => 1),
  };
  const specs = Object.keys(weights).map((key) => ({
    name: `${name}/${key}`,
    shape: [columns],
    dtype: 'float32' as const,
  }));
  return {
    modelTopology: topology,
    weightSpecs: [...specs, ...artifacts.weightSpecs],
    weightData: joined([...Object.values(weights), new Uint8Array(artifacts.weightData)]),
  };
}

/** The model without the layer that `withNormalization` added. */
export function withoutNormalization(artifacts: Artifacts): Artifacts {
  const topology = structuredClone(artifacts.modelTopology) as Topology;
  const { layers, input_layers: inputs } = topology.config;
  const [input] = inputs?.[0] ?? [];
  const at = layers.findIndex(({ config, inbound_nodes: inbound }, i) => {
    const first =
      input === undefined ? i === (isInput(layers[0]!) ? 1 : 0) : inbound?.[0]?.[0]?.[0] === input;
    return first && config.name.startsWith(NAME);
  });
  const [layer] = layers.splice(at, at < 0 ? 0 : 1);
  if (!layer) throw new Error('The model has no first layer that normalizes inputs.');
  const { name } = layer.config;
  if (input !== undefined) relink(layers, name, input);
  const own = artifacts.weightSpecs.filter((spec) => spec.name.startsWith(`${name}/`));
  const bytes = 4 * own.reduce((sum, { shape }) => sum + shape[0]!, 0);
  return {
    modelTopology: topology,
    weightSpecs: artifacts.weightSpecs.slice(own.length),
    weightData: artifacts.weightData.slice(bytes),
  };
}

const isInput = (layer: WrittenLayer) => layer.class_name === 'InputLayer';

/** Layers that got their inputs from one layer get them from another. */
function relink(layers: readonly WrittenLayer[], from: string, to: string): void {
  for (const link of layers.flatMap((layer) => (layer.inbound_nodes ?? []).flat()))
    if (link[0] === from) link[0] = to;
}

const joined = (parts: readonly (Float32Array | Uint8Array)[]): ArrayBuffer =>
  Uint8Array.from(
    Buffer.concat(
      parts.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
    ),
  ).buffer;
