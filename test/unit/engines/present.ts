import type { EngineId } from '../../../src/config/numerics';
import { loadEngine } from '../../../src/engines/engines';
import type { LoadedEngine } from '../../../src/engines/engine';
import { findWebGpu } from '../../../src/engines/gpuPlace';
import { findNative } from '../../../src/engines/nativePlace';
import { portableVariants } from '../../../src/engines/portable';

/** These are set up for tests by `npm test` (scripts/lib/engines.mjs); where they are not, the rest is tested. */
export const hasNative = () => isFound(findNative);
export const hasGpu = () => isFound(findWebGpu);

function isFound(find: () => unknown): boolean {
  try {
    find();
    return true;
  } catch {
    return false;
  }
}

export const presentEngines = (): EngineId[] => [
  'portable',
  'plain',
  ...(hasNative() ? (['native'] as const) : []),
  ...(hasGpu() ? (['gpu'] as const) : []),
];

/** Every way to compute that this machine has: each engine, the portable one with each of its kernels. */
export async function presentVariants(): Promise<{ title: string; load: () => Promise<LoadedEngine> }[]> {
  const portable = (await portableVariants()).map((variant) => ({
    title: `portable, ${variant}`,
    load: () => loadPortable(variant),
  }));
  const others = presentEngines().filter((id) => id !== 'portable');
  return [...portable, ...others.map((id) => ({ title: id, load: () => loadEngine(id) }))];
}

/** The portable engine with the kernels that are asked for. */
export async function loadPortable(variant: string): Promise<LoadedEngine> {
  const { numerics } = await loadEngine('portable');
  const engine = await loadEngine('portable', { ...numerics, variant });
  if (engine.numerics.variant !== variant) throw new Error(`There is no ${variant} here.`);
  return engine;
}
