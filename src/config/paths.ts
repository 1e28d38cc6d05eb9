import { dirname, isAbsolute, resolve } from 'node:path';
import type { DataConfig } from './data';
import type { Diagnostic } from './diagnostics';
import { finding, replaceValue, type Document, type Path } from './document';
import { isFile, nearFile, pathFrom } from './files';

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
