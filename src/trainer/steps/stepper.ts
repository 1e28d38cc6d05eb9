import type { Layer } from '../../config/layers';
import type { Optimizer as OptimizerConfig } from '../../config/training';
import type { LoadedEngine } from '../../engines/engine';
import type { Network } from '../../models/network';
import type { OptimizerState } from '../../models/optimizers';
import type { StepData } from './data';
import type { Objective } from './objective';
import type { GradientShare } from './share';

/**
 * Trains a network step by step, eagerly or as a graph. One call at a time: await each result.
 */
export interface Stepper {
  /** One optimizer step; returns the mean of each term before weighting. @param step 0-based */
  step(data: StepData, learningRate: number, step: number): Promise<Record<string, number>>;
  /** Share of each term in the gradient of this batch. Updates nothing. @param step 0-based */
  share(data: StepData, step: number): Promise<GradientShare>;
  /**
   * Logits of a batch in inference mode with the current weights, row-major, [B, C].
   *
   * @param inputs row-major, [B, …inputShape], B being one of `inferenceSizes`
   */
  logits(inputs: Float32Array): Promise<Float32Array>;
  /** Writes the current weights into the network's variables. */
  settle(): void;
  /** The optimizer's state; valid until the next step. */
  optimizerState(): Promise<OptimizerState>;
  dispose(): void;
}

export interface StepperOptions {
  engine: Pick<LoadedEngine, 'tf' | 'compile' | 'updater' | 'stackedUpdater'>;
  network: Network;
  /** The network's layers; absent for a saved model. */
  layers?: readonly Layer[] | undefined;
  objective: Objective;
  optimizer: OptimizerConfig;
  optimizerState: OptimizerState;
  inputShape: readonly number[];
  /** Possible batch sizes. */
  batchSizes: readonly number[];
  /** Possible numbers of examples of `logits`. */
  inferenceSizes: readonly number[];
}
