import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import type { Optimizer } from '../config/training';

/** An optimizer of the engine's own, which moves weights where they are. */
export interface Updater {
  /**
   * Moves every weight along its gradient.
   *
   * @param gradients by name of the weight
   * @param step 1-based number of this update
   */
  apply(gradients: Readonly<Record<string, Tensor>>, learningRate: number, step: number): Promise<void>;
  /** Copies of what it remembers, by "<weight>/<slot>". */
  read(): Promise<Record<string, Float32Array>>;
  dispose(): void;
}

/** @param state from a checkpoint; zeros where absent */
export type MakeUpdater = (
  config: Optimizer,
  weights: readonly { readonly name: string; readonly variable: Variable }[],
  state: Readonly<Record<string, Float32Array>>,
) => Updater;
