import { homedir } from 'node:os';
import { join, posix, win32 } from 'node:path';

/** What the location of user data depends on. */
export interface StorageOptions {
  platform?: NodeJS.Platform;
  environment?: NodeJS.ProcessEnv;
  home?: string;
}

/** The user's data folder, shared by the editor and the command line; never inside a project. */
export function storageFolder({
  platform = process.platform,
  environment = process.env,
  home = homedir(),
}: StorageOptions = {}): string {
  const path = platform === 'win32' ? win32 : posix;
  const chosen = environment['DISTILLERY_STORAGE'];
  if (chosen) return chosen;
  if (platform === 'win32')
    return path.join(environment['LOCALAPPDATA'] || path.join(home, 'AppData', 'Local'), 'Distillery');
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Distillery');
  const shared = environment['XDG_DATA_HOME'];
  // XDG specification: a relative path is ignored.
  const data = shared?.startsWith('/') ? shared : path.join(home, '.local', 'share');
  return path.join(data, 'distillery');
}

/** Engines that are not in the package: `distillery setup` installs them. */
export type BroughtEngine = 'native' | 'gpu';

/** Folder of such an engine in the storage folder: complete or absent. */
export const engineFolder = (engine: BroughtEngine, storage = storageFolder()) => join(storage, engine);
