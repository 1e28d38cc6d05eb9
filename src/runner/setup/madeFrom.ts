import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { storageFolder } from '../../engines/storage';
import { places } from './places';
import type { Way } from './stage';

const manifestSchema = z.object({ madeFrom: z.string() });

/** The versions that the engine in the storage folder was made from; null where nothing there says so. */
export function madeFrom(storage = storageFolder()): string | null {
  try {
    const text = readFileSync(join(places(storage).native, 'package.json'), 'utf8');
    return manifestSchema.safeParse(JSON.parse(text)).data?.madeFrom ?? null;
  } catch {
    return null;
  }
}

/** Whether one of these ways would make the same again. */
export const isCurrent = (ways: readonly Way[], storage = storageFolder()) => {
  const made = madeFrom(storage);
  return ways.some((way) => way.madeFrom === made);
};
