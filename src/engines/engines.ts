import type { EngineId, Numerics } from '../config/numerics';
import type { Engine, LoadedEngine } from './engine';

/** Each engine registers its kernels when its file is loaded: only the one that is used is. */
const engines: Partial<Record<EngineId, () => Promise<Engine>>> = {
  native: async () => (await import('./native')).native,
  portable: async () => (await import('./portable')).portable,
  plain: async () => (await import('./plain')).plain,
};

/**
 * Loads an engine and makes it current in this process.
 *
 * @param wanted what a run was planned with; whether it is what the engine computes with is for the caller to see
 */
export async function loadEngine(id: EngineId, wanted?: Numerics): Promise<LoadedEngine> {
  const engine = await engines[id]?.();
  if (!engine) throw new Error(`There is no engine "${id}".`);
  return engine.load(wanted);
}
