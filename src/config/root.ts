import { dirname, join, isAbsolute, resolve } from 'node:path';
import { type Diagnostic, finding, replaceValue, type Document, type Path } from './document';
import { isFile, type ReadText, nearFile, pathFrom } from './files';
import { readAs } from './readConfig';
import { settingsSchema, type Settings } from './settings';
import type { DataConfig } from './data';

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

/** Keys of a data config that are paths. */
const dataPaths = ['images', 'labelFile', 'file', 'inputs'] as const;

/** A path in a config file of `folder`, relative to the root; absolute paths stay absolute. */
export const fromRoot = (root: string, folder: string, written: string): string =>
  isAbsolute(written) ? written : pathFrom(root, resolve(folder, written));

/** The data config with all paths relative to the root instead of `folder`. */
export function dataFromRoot(data: DataConfig, root: string, folder: string): DataConfig {
  const moved = Object.fromEntries(
    dataPaths.flatMap((key) => {
      const written = (data as Record<string, unknown>)[key];
      return typeof written === 'string' ? [[key, fromRoot(root, folder, written)]] : [];
    }),
  );
  const { labels } = data;
  const hidden =
    labels?.file === undefined ? {} : { labels: { ...labels, file: fromRoot(root, folder, labels.file) } };
  return { ...data, ...moved, ...hidden };
}

/** An error for each missing file of the data config. */
export function missingData(document: Document, data: DataConfig, root: string): Diagnostic[] {
  const places: [Path, unknown][] = dataPaths.map((key) => [
    ['data', key],
    (data as Record<string, unknown>)[key],
  ]);
  places.push([['data', 'labels', 'file'], data.labels?.file]);
  return places.flatMap(([path, written]) =>
    typeof written === 'string' ? missingFile(document, path, written, '', root) : [],
  );
}

/** An error if the file that is named at `path` does not exist. */
export function missingFile(
  document: Document,
  path: Path,
  written: string,
  ending: string,
  root: string,
): Diagnostic[] {
  const folder = dirname(document.file);
  const target = resolve(folder, written);
  if (isFile(target)) return [];
  const near = nearFile(target, ending, folder);
  const hint = near ? ` Did you mean “${near}”?` : '';
  return [
    finding(document, path, {
      code: 'missing-file',
      message: `The file ${fromRoot(root, folder, written)} does not exist in ${root}.${hint}`,
      fixes: near ? replaceValue(document, path, near) : [],
    }),
  ];
}

/** Absolute paths of the data files; empty for data that are included with Distillery. */
export const dataFiles = (config: DataConfig, root: string): string[] => [
  ...exampleFiles(config, root),
  ...(config.labels?.file === undefined ? [] : [resolve(root, config.labels.file)]),
];

/** Those of them that hold the examples, without the list of those that are labelled. */
export function exampleFiles(config: DataConfig, root: string): string[] {
  const named = dataPaths.map((key) => (config as Record<string, unknown>)[key]);
  return named.filter((path) => typeof path === 'string').map((path) => resolve(root, path));
}
