import type { Optimizer as OptimizerConfig } from '../config/training';

/** Optimizer state by "<weight>/<slot>", as a checkpoint stores it. */
export type OptimizerState = Record<string, Float32Array>;

/**
 * An update rule in plain arithmetic, the same on every engine, in one pass over memory instead of the ten of tensor
 * operations. State is float32, arithmetic is float64. Weight decay applies to every trainable weight.
 */
export class Optimizer {
  /** @param state from a checkpoint; modified by updates */
  constructor(
    private readonly config: OptimizerConfig,
    readonly state: OptimizerState = {},
  ) {}

  /**
   * Updates one weight in place.
   *
   * @param step 1-based number of this update
   */
  update(
    name: string,
    weights: Float32Array,
    gradient: Float32Array,
    learningRate: number,
    step: number,
  ): void {
    const slot = (key: string) => (this.state[`${name}/${key}`] ??= new Float32Array(weights.length));
    const { config } = this;
    switch (config.type) {
      case 'sgd':
        return sgd(weights, gradient, config.momentum === 0 ? null : slot('velocity'), learningRate, config);
      case 'adam':
      case 'adamw':
        return adam(weights, gradient, slot('mean'), slot('variance'), learningRate, step, config);
    }
  }
}

type Sgd = Extract<OptimizerConfig, { type: 'sgd' }>;
type Adam = Extract<OptimizerConfig, { type: 'adam' | 'adamw' }>;

/** v ← μv + g; w ← w − η·v, with Nesterov w − η·(g + μv): Sutskever et al. 2013, in PyTorch's form. */
function sgd(
  weights: Float32Array,
  gradient: Float32Array,
  velocity: Float32Array | null,
  learningRate: number,
  { momentum, nesterov, weightDecay }: Sgd,
): void {
  for (let i = 0; i < weights.length; i++) {
    const g = gradient[i]! + weightDecay * weights[i]!;
    if (velocity === null) {
      weights[i] = weights[i]! - learningRate * g;
      continue;
    }
    const v = momentum * velocity[i]! + g;
    velocity[i] = v;
    weights[i] = weights[i]! - learningRate * (nesterov ? g + momentum * v : v);
  }
}

/**
 * Kingma and Ba 2015, algorithm 1; `adamw` decouples weight decay from the gradient (Loshchilov and Hutter 2019,
 * algorithm 2, with the decay multiplied by the learning rate).
 */
function adam(
  weights: Float32Array,
  gradient: Float32Array,
  mean: Float32Array,
  variance: Float32Array,
  learningRate: number,
  step: number,
  { type, beta1, beta2, epsilon, weightDecay }: Adam,
): void {
  const penalty = type === 'adam' ? weightDecay : 0;
  const kept = type === 'adamw' ? 1 - learningRate * weightDecay : 1;
  const rate = learningRate / (1 - beta1 ** step);
  const unbias = 1 / (1 - beta2 ** step);
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i]!;
    const g = gradient[i]! + penalty * w;
    const m = beta1 * mean[i]! + (1 - beta1) * g;
    const v = beta2 * variance[i]! + (1 - beta2) * g * g;
    mean[i] = m;
    variance[i] = v;
    weights[i] = kept * w - (rate * m) / (Math.sqrt(v * unbias) + epsilon);
  }
}
