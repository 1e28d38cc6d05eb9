import { log, maximum, tensor } from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D, Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { UserError } from '../config/errors';
import { maskDropout, maskValues, type MaskSource } from './dropout';
import { completeBatchNormalization, keepStatistics, refuseUntested } from './trainable';

/** One weight of a network; its name is the same in every process, e.g. "dense_1/kernel". */
export interface Weight {
  readonly name: string;
  readonly shape: number[];
  readonly trainable: boolean;
  readonly variable: Variable;
}

/** Values by weight, as a checkpoint stores them. */
export type WeightValues = Record<string, Float32Array>;

/** What a model outputs. Logarithms of probabilities are logits, so of probabilities the logarithms are used. */
export type Output = 'logits' | 'probabilities';

/** The smallest normal float32, used instead of a probability of 0. */
const LEAST = 2 ** -126;

/** A TensorFlow.js Layers model as a network that outputs logits. */
export class Network {
  readonly weights: readonly Weight[];
  private readonly setMasks: (source: MaskSource) => void;

  /** @param seed of the dropout masks */
  constructor(
    readonly model: LayersModel,
    private readonly seed: number,
    public output: Output = 'logits',
  ) {
    // Only the model tells whether the layer of a weight is frozen.
    const trained = new Set(model.trainableWeights);
    this.weights = model.weights.map((weight) => ({
      name: weight.originalName,
      shape: weight.shape as number[],
      trainable: trained.has(weight),
      variable: weight.read() as Variable,
    }));
    keepStatistics(model);
    completeBatchNormalization(model);
    refuseUntested(model);
    this.setMasks = maskDropout(model);
  }

  get trainable(): Weight[] {
    return this.weights.filter((weight) => weight.trainable);
  }

  /** Number of parameters, and their size as float32. */
  get size(): { parameters: number; bytes: number } {
    const parameters = this.weights.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
    return { parameters, bytes: 4 * parameters };
  }

  /** Logits, [B, C], in inference mode: no dropout, moving statistics. */
  infer(inputs: Tensor): Tensor2D {
    const outputs = this.model.apply(inputs, { training: false }) as Tensor2D;
    return this.output === 'logits' ? outputs : (log(maximum(outputs, LEAST)) as Tensor2D);
  }

  /** Logits, [B, C], in training mode; `step` determines the dropout masks. Updates moving statistics. */
  train(inputs: Tensor, step: number): Tensor2D {
    return this.trainWith(inputs, (layer, shape, rate) =>
      tensor(this.mask(step, layer, shape, rate), [...shape]),
    );
  }

  /** The same with given masks. */
  trainWith(inputs: Tensor, masks: MaskSource): Tensor2D {
    if (this.output !== 'logits')
      throw new UserError(
        'The network outputs probabilities, and its last layers cannot be converted to logits. It can be used as a teacher but not trained. Save it without its last activation.',
      );
    this.setMasks(masks);
    return this.model.apply(inputs, { training: true }) as Tensor2D;
  }

  /** The mask of a dropout layer at a step, row-major. */
  mask(step: number, layer: string, shape: readonly number[], rate: number): Float32Array {
    return maskValues(this.seed, step, layer, shape, rate);
  }

  /** Copies of all weights. */
  async read(): Promise<WeightValues> {
    const values = await Promise.all(this.weights.map(({ variable }) => variable.data<'float32'>()));
    return Object.fromEntries(this.weights.map(({ name }, i) => [name, Float32Array.from(values[i]!)]));
  }

  /** Replaces all weights by name. */
  write(values: WeightValues, tensor: (values: Float32Array, shape: number[]) => Tensor): void {
    for (const { name } of this.weights)
      if (!values[name]) throw new Error(`There are no values for the weight "${name}".`);
    this.writeSome(values, tensor);
  }

  /** Replaces some weights by name. */
  writeSome(values: WeightValues, tensor: (values: Float32Array, shape: number[]) => Tensor): void {
    for (const [name, value] of Object.entries(values)) {
      const weight = this.weights.find((one) => one.name === name);
      if (!weight) throw new Error(`The network has no weight "${name}".`);
      assign(weight.variable, tensor(value, weight.shape));
    }
  }

  dispose(): void {
    this.model.dispose();
  }
}

/** Assigns a variable and disposes the tensor. */
export function assign(variable: Variable, value: Tensor): void {
  variable.assign(value);
  value.dispose();
}
