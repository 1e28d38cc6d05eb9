import type { EngineId, Numerics } from '../config/numerics';
import type { TensorFlow } from '../methods/method';
import type { Compile } from './graph';
import type { MakeStackedUpdater, MakeUpdater } from './updater';

/** What computes, once loaded. */
export interface LoadedEngine {
  readonly tf: TensorFlow;
  readonly numerics: Numerics;
  /** Makes one graph of whole steps, where the engine can. */
  readonly compile?: Compile;
  /** Makes optimizers of the engine's own, where it has any. */
  readonly updater?: MakeUpdater;
  /** The same for networks on a leading axis, where each comes out of a stack with the bits that it has alone. */
  readonly stackedUpdater?: MakeStackedUpdater;
}

/** One way to compute, behind the same `tf` functions. */
export interface Engine {
  readonly id: EngineId;
  /** For sentences: "Native TensorFlow". */
  readonly title: string;
  /**
   * Loads the engine and makes it current in this process; throws where it cannot work here.
   *
   * @param wanted what a run was planned with: kept to where the engine can, which `numerics` of the result tells
   */
  load(wanted?: Numerics): Promise<LoadedEngine>;
}
