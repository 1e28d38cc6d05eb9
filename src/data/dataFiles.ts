import { resolve } from 'node:path';
import type { DataConfig } from '../config/data';

/** Absolute paths of the data files; empty for data that are included with Distillery. */
export function dataFiles(config: DataConfig, root: string): string[] {
  const { images, labelFile, file, inputs } = config as Record<string, unknown>;
  const named = [images, labelFile, file, inputs, config.labels?.file];
  return named.filter((path) => typeof path === 'string').map((path) => resolve(root, path));
}
