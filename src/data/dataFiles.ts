import { resolve } from 'node:path';
import type { DataConfig } from '../config/data';

/** Absolute paths of the data files; empty for data that are included with Distillery. */
export const dataFiles = (config: DataConfig, root: string): string[] => [
  ...exampleFiles(config, root),
  ...(config.labels?.file === undefined ? [] : [resolve(root, config.labels.file)]),
];

/** Those of them that hold the examples, without the list of those that are labelled. */
export function exampleFiles(config: DataConfig, root: string): string[] {
  const { images, labelFile, file, inputs } = config as Record<string, unknown>;
  const named = [images, labelFile, file, inputs];
  return named.filter((path) => typeof path === 'string').map((path) => resolve(root, path));
}
