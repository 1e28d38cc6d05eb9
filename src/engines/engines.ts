import type { EngineId, Numerics } from '../config/numerics';
import type { Engine, LoadedEngine } from './engine';

/** Loading an engine's file registers its kernels, so only the one in use is loaded. */
const engines: Record<EngineId, () => Promise<Engine>> = {
  native: async () => (await import('./native')).native,
  gpu: async () => (await import('./gpu')).gpu,
  portable: async () => (await import('./portable')).portable,
  plain: async () => (await import('./plain')).plain,
};

/**
 * Loads an engine and makes it current in this process.
 *
 * @param wanted the numerics a run was planned with; the caller compares them with the result's
 */
export async function loadEngine(id: EngineId, wanted?: Numerics): Promise<LoadedEngine> {
  const engine = await engines[id]();
  return engine.load(wanted);
}
