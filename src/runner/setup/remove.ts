import { existsSync } from 'node:fs';
import { engineFolder, storageFolder, type BroughtEngine } from '../../engines/storage';
import { acquireLease } from '../../runs/lease';
import { explainFolder } from './failures';
import { setupPaths, removeFrom, sizeOf } from './setupPaths';

/** Whether an engine is set up in the storage folder. */
export const isSetUp = (engine: BroughtEngine, storage = storageFolder()) =>
  existsSync(engineFolder(engine, storage));

/** Deletes it; null where there is none. @throws UserError */
export async function removeEngine(
  engine: BroughtEngine,
  storage = storageFolder(),
): Promise<{ folder: string; bytes: number } | null> {
  const where = setupPaths(engine, storage);
  if (!isSetUp(engine, storage)) return null;
  const lease = await acquireLease(where.lease, 0);
  try {
    const bytes = await sizeOf(where.folder);
    await removeFrom(where);
    return { folder: where.folder, bytes };
  } catch (error) {
    throw explainFolder(error, where.folder, 0);
  } finally {
    lease.release();
  }
}
