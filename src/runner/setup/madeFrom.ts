import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { engineFolder, storageFolder, type BroughtEngine } from '../../engines/storage';
import type { Way } from './stage';

const manifestSchema = z.object({ madeFrom: z.string() });

/** The versions that an engine in the storage folder was made from; null where nothing there says so. */
export function madeFrom(engine: BroughtEngine, storage = storageFolder()): string | null {
  try {
    const text = readFileSync(join(engineFolder(engine, storage), 'package.json'), 'utf8');
    return manifestSchema.safeParse(JSON.parse(text)).data?.madeFrom ?? null;
  } catch {
    return null;
  }
}

/** Whether one of these ways would make the same again. */
export const isCurrent = (engine: BroughtEngine, ways: readonly Way[], storage = storageFolder()) => {
  const made = madeFrom(engine, storage);
  return ways.some((way) => way.madeFrom === made);
};
