import { resolve } from 'node:path';
import { UserError } from '../config/errors';
import { dataFiles } from '../config/root';
import type { Reader } from '../data/reader';
import type { Pictures } from '../data/requests/pictures';
import { readRunFile } from './folder';

/**
 * Examples of a run’s part of the data, by their place in it. Null where the inputs are no pictures, and where the data
 * are gone or are not those that the run was tried on.
 */
export async function readPictures(
  folder: string,
  part: 'validation' | 'test',
  examples: readonly number[],
  reader: Reader,
): Promise<Pictures | null> {
  const { value: run } = await readRunFile(folder);
  if (!run || examples.length === 0) return null;
  const { config, hash } = run.data;
  const root = resolve(folder, run.root);
  try {
    return await reader.ask('pictures', dataFiles(config, root), {
      config,
      folder: root,
      hash,
      part,
      examples,
    });
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
