import type { EngineId } from '../../../src/config/numerics';
import { findNative } from '../../../src/engines/nativePlace';

/** The native engine is set up for tests by `npm test` (scripts/lib/native.mjs); where it is not, the rest is tested. */
export function hasNative(): boolean {
  try {
    return findNative() !== '';
  } catch {
    return false;
  }
}

export const presentEngines = (): EngineId[] => [
  'portable',
  'plain',
  ...(hasNative() ? (['native'] as const) : []),
];
