import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { engineFolder, type BroughtEngine } from '../../engines/storage';
import { diskFull } from './failures';

/** For sentences. */
export const ENGINE_NAMES: Readonly<Record<BroughtEngine, string>> = {
  native: 'native engine',
  gpu: 'GPU engine',
};

/** Paths of a set-up: the engine is built in a staging folder and moved into place when it works. */
export const setupPaths = (engine: BroughtEngine, storage: string) => ({
  engine,
  /** What it is put into. */
  folder: engineFolder(engine, storage),
  /** A storage folder of its own, so that a trainer can be pointed to it. */
  stagingStorage: join(storage, `${engine}.part`),
  staging: engineFolder(engine, join(storage, `${engine}.part`)),
  /** For programs that are ended before they could clean up. */
  temporary: join(storage, `${engine}.part`, 'temporary'),
  /** What was there before, while it is replaced or removed. */
  old: join(storage, `${engine}.old`),
  lease: join(storage, `${engine}.lease`),
  log: join(storage, `${engine}-setup.log`),
});
export type SetupPaths = ReturnType<typeof setupPaths>;

/** An empty folder to set up in. What an earlier set-up left behind, whose process was ended, goes. */
export async function makeStaging({ stagingStorage, staging, temporary, old }: SetupPaths): Promise<void> {
  for (const left of [stagingStorage, old]) await rm(left, { recursive: true, force: true });
  for (const folder of [staging, temporary]) await mkdir(folder, { recursive: true });
}

/** One rename, so that the engine is complete or absent at any time. */
export async function putInPlace({ folder, staging, stagingStorage, old }: SetupPaths): Promise<void> {
  if (existsSync(folder)) await rename(folder, old);
  try {
    await rename(staging, folder);
  } catch (error) {
    if (existsSync(old)) await rename(old, folder);
    throw error;
  }
  for (const left of [stagingStorage, old]) await rm(left, { recursive: true, force: true });
}

/** Renamed first, so that a half-deleted engine is never found. */
export async function removeFrom({ folder, old }: SetupPaths): Promise<void> {
  await rm(old, { recursive: true, force: true });
  await rename(folder, old);
  await rm(old, { recursive: true, force: true });
}

/** @throws UserError where there is clearly too little room */
export async function checkSpace(folder: string, needed: number): Promise<void> {
  let there = folder;
  while (!existsSync(there)) there = dirname(there);
  const { bavail, bsize } = await statfs(there);
  if (bavail * bsize < needed) throw diskFull(folder, needed);
}

export async function sizeOf(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(join(file.parentPath, file.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
