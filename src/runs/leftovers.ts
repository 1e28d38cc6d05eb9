import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { discard, ownerOf, unlessMissing } from './atomic';
import { runFiles } from './layout';
import { readLease } from './lease';
import { livenessOf } from './liveness';
import { processExists } from './processes';

/** Milliseconds after which a file of another host, whose processes cannot be checked, counts as left over. */
const DAY = 86_400_000;

/**
 * Deletes what killed processes left in these folders and below: temporary files, and leases of runs that are finished. A
 * lease of an unfinished run stays: it shows that the run was interrupted, and the process that resumes it takes it over.
 */
export async function removeLeftovers(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    const entries = (await unlessMissing(readdir(folder, { recursive: true }))) ?? [];
    for (const file of entries.map((entry) => join(folder, entry)))
      if ((await isLeftTemporary(file)) || (await isLeftLease(file))) discard(file);
  }
}

async function isLeftTemporary(file: string): Promise<boolean> {
  const owner = ownerOf(file);
  if (owner === null) return false;
  if (owner.here && !processExists(owner.pid)) return true;
  const found = await unlessMissing(stat(file));
  return found !== null && Date.now() - found.mtimeMs > DAY;
}

async function isLeftLease(file: string): Promise<boolean> {
  const files = runFiles(dirname(file));
  if (file !== files.lease || !existsSync(files.result)) return false;
  const lease = await readLease(file);
  if (lease === null) return true;
  const liveness = await livenessOf(lease);
  return liveness === 'dead' || (liveness === 'unknown' && Date.now() - lease.heartbeat > DAY);
}
