import { homedir } from 'node:os';
import { join, posix, win32 } from 'node:path';

/** What says where a person's data lie. */
export interface Place {
  platform?: NodeJS.Platform;
  environment?: NodeJS.ProcessEnv;
  home?: string;
}

/** The folder of this person's own data, the same for the editor and the command line; never a project's. */
export function storageFolder({
  platform = process.platform,
  environment = process.env,
  home = homedir(),
}: Place = {}): string {
  const path = platform === 'win32' ? win32 : posix;
  const chosen = environment['DISTILLERY_STORAGE'];
  if (chosen) return chosen;
  if (platform === 'win32')
    return path.join(environment['LOCALAPPDATA'] || path.join(home, 'AppData', 'Local'), 'Distillery');
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Distillery');
  const shared = environment['XDG_DATA_HOME'];
  // The specification of XDG: a relative path is as good as none.
  const data = shared?.startsWith('/') ? shared : path.join(home, '.local', 'share');
  return path.join(data, 'distillery');
}

/** Engines that are not in the package: `distillery setup` brings them. */
export type BroughtEngine = 'native' | 'gpu';

/** Such an engine in a storage folder: whole, or not there. */
export const engineFolder = (engine: BroughtEngine, storage = storageFolder()) => join(storage, engine);
