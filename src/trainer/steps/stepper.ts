import type { Layer } from '../../config/layers';
import type { Optimizer as OptimizerConfig } from '../../config/training';
import type { LoadedEngine } from '../../engines/engine';
import type { Network } from '../../models/network';
import type { OptimizerState } from '../../models/optimizers';
import type { StepData } from './data';
import type { Objective } from './objective';
import type { GradientShare } from './share';

/**
 * Moves a network step by step; whether eagerly or as a graph, on a processor or beside it, who asks does not know. One thing
 * at a time: each answer is waited for.
 */
export interface Stepper {
  /** One optimizer step; gives the mean of each term before weighting. @param step 0-based */
  step(data: StepData, learningRate: number, step: number): Promise<Record<string, number>>;
  /** How much each term pulls at this batch. Moves nothing. @param step 0-based */
  share(data: StepData, step: number): Promise<GradientShare>;
  /**
   * Logits of a batch in inference mode by what the steps have reached, row-major, [B, C].
   *
   * @param inputs row-major, [B, …inputShape], B being one of `inferenceSizes`
   */
  logits(inputs: Float32Array): Promise<Float32Array>;
  /** From now on the network's variables hold what the steps have reached. */
  settle(): void;
  /** What the optimizer remembers; good until the next step. */
  optimizerState(): Promise<OptimizerState>;
  dispose(): void;
}

export interface StepperTask {
  engine: Pick<LoadedEngine, 'tf' | 'compile' | 'updater' | 'stackedUpdater'>;
  network: Network;
  /** What the network was built from, where it is no saved model. */
  layers?: readonly Layer[] | undefined;
  objective: Objective;
  optimizer: OptimizerConfig;
  optimizerState: OptimizerState;
  inputShape: readonly number[];
  /** How many examples a batch may have. */
  batchSizes: readonly number[];
  /** How many examples `logits` may be asked for at once. */
  inferenceSizes: readonly number[];
}
