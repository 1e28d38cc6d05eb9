import type { EngineId, Numerics } from '../config/numerics';
import type { TensorFlow } from '../methods/method';
import type { Compile } from './graph';
import type { MakeStackedUpdater, MakeUpdater } from './updater';

/** A loaded engine. */
export interface LoadedEngine {
  readonly tf: TensorFlow;
  readonly numerics: Numerics;
  /** Compiles whole steps into one graph, if the engine can. */
  readonly compile?: Compile;
  /** Creates the engine's own optimizers, if it has any. */
  readonly updater?: MakeUpdater;
  /** The same for stacked networks, if each gets the same bits in a stack as alone. */
  readonly stackedUpdater?: MakeStackedUpdater;
}

/** A computing backend behind the `tf` functions. */
export interface Engine {
  readonly id: EngineId;
  /** For sentences: "Native TensorFlow". */
  readonly title: string;
  /**
   * Loads the engine and makes it current in this process; throws if it does not work here.
   *
   * @param wanted the numerics a run was planned with, used where possible; `numerics` of the result says what is in use
   */
  load(wanted?: Numerics): Promise<LoadedEngine>;
}
