import { existsSync } from 'node:fs';
import { storageFolder } from '../../engines/storage';
import { acquireLease } from '../../runs/lease';
import { explainFolder } from './failures';
import { places, removeFrom, sizeOf } from './places';

/** Whether a native engine is set up in the storage folder. */
export const isSetUp = (storage = storageFolder()) => existsSync(places(storage).native);

/** Deletes it; null where there is none. @throws UserError */
export async function removeNative(
  storage = storageFolder(),
): Promise<{ folder: string; bytes: number } | null> {
  const where = places(storage);
  if (!isSetUp(storage)) return null;
  const lease = await acquireLease(where.lease, 0);
  try {
    const bytes = await sizeOf(where.native);
    await removeFrom(where);
    return { folder: where.native, bytes };
  } catch (error) {
    throw explainFolder(error, where.native, 0);
  } finally {
    lease.release();
  }
}
