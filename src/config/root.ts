import { dirname, join } from 'node:path';
import type { Diagnostic } from './diagnostics';
import { isFile, type ReadText } from './files';
import { readAs } from './readConfig';
import { settingsSchema, type Settings } from './settings';

/** The folder in `runs` for the teachers of all experiments; no experiment can have this name. */
export const TEACHERS = 'teachers';
export const SETTINGS_FILE = 'distillery.json';

/** The nearest folder, this one or above, that contains distillery.json. */
export function rootAbove(folder: string, readText?: ReadText): string | null {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, SETTINGS_FILE);
    if (readText?.(path) !== undefined || isFile(path)) return at;
    if (dirname(at) === at) return null;
  }
}

/** The root of an experiment file and its settings; the file's own folder if there is no distillery.json above. */
export function findRoot(
  file: string,
  readText?: ReadText,
): { root: string; settings: Settings; diagnostics: Diagnostic[] } {
  const defaults = settingsSchema.parse({});
  const root = rootAbove(dirname(file), readText);
  if (root === null) return { root: dirname(file), settings: defaults, diagnostics: [] };
  const path = join(root, SETTINGS_FILE);
  const { value, diagnostics } = readAs('settings', path, readText?.(path));
  return { root, settings: value ?? defaults, diagnostics };
}
