import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import { UserError } from '../../config/errors';
import { hasBinding, packageBelow } from '../../engines/nativePlace';
import { storageFolder, type BroughtEngine } from '../../engines/storage';
import { acquireLease } from '../../runs/lease';
import { explainFolder } from './failures';
import { checkSpace, setupPaths } from './setupPaths';
import { installEngine, type SetUpOptions, type SetUpResult } from './installEngine';

/**
 * Installs an engine in the user's storage folder. It is moved into place after a successful training on it;
 * until then, and where it fails or is cancelled, what was there before stays as it was.
 *
 * @throws UserError that says what is missing, and what to do. SetUpCancelled
 */
export async function setUpEngine(engine: BroughtEngine, options: SetUpOptions): Promise<SetUpResult> {
  if (engine === 'native') refuseBeside(options.trainerPath);
  const storage = options.storage ?? storageFolder();
  const where = setupPaths(engine, storage);
  const { spaceBytes } = options.plan;
  try {
    await checkSpace(storage, spaceBytes);
    await mkdir(storage, { recursive: true });
  } catch (error) {
    throw explainFolder(error, storage, spaceBytes);
  }
  const lease = await acquireLease(where.lease, 0);
  const file = createWriteStream(where.log);
  // A log that cannot be written is no reason to fail.
  file.on('error', () => undefined);
  const log = (line: string) => {
    file.write(`${line}\n`);
    options.log?.(line);
  };
  try {
    return await installEngine({ ...options, log }, where);
  } catch (error) {
    throw explainFolder(error, where.folder, spaceBytes);
  } finally {
    await rm(where.stagingStorage, { recursive: true, force: true }).catch(() => undefined);
    file.end();
    await finished(file).catch(() => undefined);
    lease.release();
  }
}

/** Packages that npm installed next to the program take precedence over the storage folder. @throws UserError */
function refuseBeside(trainerPath: string): void {
  const beside = packageBelow(dirname(trainerPath));
  if (beside !== null && hasBinding(beside))
    throw new UserError(
      `The native engine is installed beside Distillery already, in ${beside}, and that one is used: there is nothing to set up.`,
    );
}
