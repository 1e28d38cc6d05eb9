import { relative, resolve } from 'node:path';
import { dataSchema } from '../config/data';
import type { Answers, OwnData } from '../config/scaffold';
import { dataFiles } from '../data/dataFiles';
import { UsageError } from './exit';
import { reader } from './reader';

export interface OwnDataFlags {
  /** Column of a CSV file: its name, or its number. */
  label?: string;
  /** File of labels, for NPY and IDX. */
  labels?: string;
}

/** What a file of one's own comes to: its kind by its name, its shape and classes by reading it. @throws UserError */
export async function ownData(file: string, flags: OwnDataFlags, folder: string): Promise<Answers['data']> {
  const written = configOf(fromFolder(folder, file), flags, folder);
  const config = dataSchema.parse(written);
  const { inputShape, classes } = await reader.ask('describe', dataFiles(config, folder), { config, folder });
  return { id: written.source, config: written, inputShape, classes: classes.length };
}

function configOf(path: string, { label, labels }: OwnDataFlags, folder: string): OwnData {
  if (/\.(csv|tsv|txt)$/i.test(path)) {
    if (label === undefined)
      throw new UsageError(
        `${path} is a table: say with --label which column holds the label (its name, or its number).`,
      );
    return { source: 'csv', file: path, label: /^-?\d+$/.test(label) ? Number(label) : label };
  }
  if (labels === undefined)
    throw new UsageError(`${path} holds inputs only: give the file of labels with --labels.`);
  const labelFile = fromFolder(folder, labels);
  return /\.npy$/i.test(path)
    ? { source: 'npy', inputs: path, labelFile }
    : { source: 'idx', images: path, labelFile };
}

/** Relative where the file lies in the folder, so that both can move together. */
export function fromFolder(folder: string, file: string): string {
  const path = relative(folder, resolve(file));
  return path.startsWith('..') ? resolve(file) : path.replaceAll('\\', '/');
}
