import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import type { Optimizer } from '../config/training';
import { UserError } from '../config/errors';

/** Something that cannot be part of a graph; the caller continues eagerly and logs the reason. */
export class NotTraceable extends UserError {}

/** A placeholder for numbers that each call provides, float32. */
export type Placeholder = (name: string, shape: readonly number[]) => Tensor;

/**
 * What a function of a graph computes, called once with stand-ins. Whatever it uses besides placeholders and the graph's
 * variables becomes a constant. Variables that it assigns are updated by each call.
 */
export type GraphBody = (placeholder: Placeholder) => {
  outputs: Readonly<Record<string, Tensor>>;
  /** By name of the variable: each call moves those by the graph's optimizer. */
  gradients?: Readonly<Record<string, Tensor>>;
};

export interface GraphDefinition {
  /** They live in the graph from now on; what they hold now is where they begin. */
  variables: readonly {
    name: string;
    shape: readonly number[];
    /** Whether the optimizer moves it. */
    trainable: boolean;
    variable: Variable;
  }[];
  /** Null where no function has gradients. */
  optimizer: Optimizer | null;
  /** What the optimizer remembers, by "<variable>/<slot>"; zeros where absent. */
  slots: Readonly<Record<string, Float32Array>>;
  functions: Readonly<Record<string, GraphBody>>;
}

/** Functions that share variables, compiled into one graph. */
export interface Graph {
  /**
   * Runs a function on row-major numbers, by name of the placeholder; gives its outputs, row-major too.
   *
   * @param update how its optimizer moves, where the function has gradients; `step` is 1-based
   */
  call(
    name: string,
    inputs: Readonly<Record<string, Float32Array>>,
    update?: { learningRate: number; step: number },
  ): Record<string, Float32Array>;
  /** Name and shape of every placeholder of a function. */
  placeholders(name: string): ReadonlyMap<string, readonly number[]>;
  /** Copies of what the variables hold. */
  weights(): Record<string, Float32Array>;
  /** Copies of what the optimizer remembers, by "<variable>/<slot>". */
  slots(): Record<string, Float32Array>;
  dispose(): void;
}

/** @throws NotTraceable */
export type Compile = (definition: GraphDefinition) => Graph;
