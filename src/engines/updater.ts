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

/** How far one member of a stack is, and how fast it moves. */
export interface Move {
  /** Its place on the leading axis of the weights. */
  member: number;
  learningRate: number;
  /** 1-based number of this update. */
  step: number;
}

/** An optimizer of networks whose weights lie on a leading axis, [members, …], each moved as it would be alone. */
export interface StackedUpdater {
  /**
   * Moves the weights of some members along their gradients.
   *
   * @param gradients by name of the weight, [moves.length, …]: one for each move
   */
  apply(gradients: Readonly<Record<string, Tensor>>, moves: readonly Move[]): void;
  /** Copies of what it remembers of a member, by "<weight>/<slot>". */
  read(member: number): Record<string, Float32Array>;
  dispose(): void;
}

/**
 * @param configs one for each member; all of one type, with or without momentum
 * @param weights [members, …]
 * @param states one for each member, from a checkpoint; zeros where absent
 */
export type MakeStackedUpdater = (
  configs: readonly Optimizer[],
  weights: readonly { readonly name: string; readonly variable: Variable }[],
  states: readonly Readonly<Record<string, Float32Array>>[],
) => StackedUpdater;
