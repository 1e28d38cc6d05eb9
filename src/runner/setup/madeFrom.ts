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

/** Whether setting it up this way would make the same again. */
export const isCurrent = (engine: BroughtEngine, way: Way, storage = storageFolder()) =>
  madeFrom(engine, storage) === way.madeFrom;
