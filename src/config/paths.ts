import { dirname, isAbsolute, resolve } from 'node:path';
import type { DataConfig } from './data';
import type { Diagnostic } from './diagnostics';
import { finding, replaceValue, type Document, type Path } from './document';
import { isFile, nearFile, pathFrom } from './files';

/** Where a data config names files. */
const dataPaths = ['images', 'labelFile', 'file', 'inputs'] as const;

/** A path that a file writes, seen from the root; absolute ones stay. */
export const fromRoot = (root: string, folder: string, written: string): string =>
  isAbsolute(written) ? written : pathFrom(root, resolve(folder, written));

/** The data config with every path in it seen from the root instead of from `folder`. */
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

/** An error for every file that the data config names and that is not there. */
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

/** Nothing where the file that stands at `path` exists; else an error that names where it was looked for. */
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
      message: `There is no file ${fromRoot(root, folder, written)} (looked for in ${root}).${hint}`,
      fixes: near ? replaceValue(document, path, near) : [],
    }),
  ];
}
