import type { Numerics } from '../../config/numerics';
import { engineFolder } from '../../engines/storage';
import { createSelfTest } from '../../runner/selfTest';
import { madeFrom } from '../../runner/setup/plan';
import { isSetUp } from '../../runner/setup/remove';
import { nativeBeside, type EnginePlace } from './place';

/** What there is of the native engine. Only one in the storage folder is ours to replace and to remove. */
export type EngineState =
  | { kind: 'absent' }
  | { kind: 'works'; folder: string; ours: boolean; numerics: Numerics; madeFrom: string | null }
  | { kind: 'broken'; folder: string; ours: boolean; reason: string };

/** Tries it with a real training, in a process that is thrown away, where it is there. */
export async function lookAtEngine(
  { trainerPath, nodeArguments, runtime, storage }: EnginePlace,
  log: (line: string) => void,
): Promise<EngineState> {
  const beside = nativeBeside(trainerPath);
  if (beside === null && !isSetUp('native', storage)) return { kind: 'absent' };
  const found = { folder: beside ?? engineFolder('native', storage), ours: beside === null };
  const outcome = await createSelfTest({ trainerPath, nodeArguments, runtime }, log)('native');
  return outcome.ok
    ? {
        kind: 'works',
        ...found,
        numerics: outcome.numerics,
        madeFrom: found.ours ? madeFrom('native', storage) : null,
      }
    : { kind: 'broken', ...found, reason: outcome.reason };
}
