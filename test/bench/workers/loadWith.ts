import type { EngineId } from '../../../src/config/numerics';
import type { LoadedEngine } from '../../../src/engines/engine';
import { loadEngine } from '../../../src/engines/engines';

/** How an engine is to compute; as it does by itself where nothing is said. */
export interface Setting {
  threads?: number;
  variant?: string;
  execution?: 'eager' | 'graph';
}

/** @throws Error where the engine computes otherwise */
export async function loadWith(id: EngineId, setting: Setting): Promise<LoadedEngine> {
  const { threads, variant, execution = 'graph' } = setting;
  if (threads === undefined || variant === undefined) return loadEngine(id);
  const engine = await loadEngine(id, { engine: id, version: '', threads, variant, execution });
  const { numerics } = engine;
  if (numerics.threads !== threads || numerics.variant !== variant)
    throw new Error(`computes with ${numerics.threads} threads, ${numerics.variant}`);
  return engine;
}
