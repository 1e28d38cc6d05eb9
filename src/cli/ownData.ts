import { relative, resolve } from 'node:path';
import { dataSchema, type CsvConfig } from '../config/data';
import { UserError } from '../config/errors';
import { ownAnswer, type Answers, type OwnData } from '../config/scaffold';
import { columnText, dialectText, type ColumnKey } from '../config/table';
import { dataFiles } from '../config/root';
import { inspectTable, type TableLook } from '../data/table/inspect';
import { UsageError } from './command';
import { reader } from './reader';

export interface OwnDataFlags {
  /** Label column of a CSV file: its name or its number. */
  label?: string;
  /** Columns of a CSV file that are not inputs, separated by commas; by default those that do not look like inputs. */
  ignore?: string;
  missing?: CsvConfig['missing'];
  /** File of labels, for NPY and IDX. */
  labels?: string;
}

/** The `data` of an experiment for the user's own file: kind by name, shape and classes by reading it. @throws UserError */
export async function ownData(
  file: string,
  flags: OwnDataFlags,
  folder: string,
): Promise<{ answer: Answers['data']; preview: string[] }> {
  const path = fromFolder(folder, file);
  const { config, preview } = isTable(path)
    ? await tableOf(path, flags, folder)
    : { config: arraysOf(path, flags, folder), preview: [] };
  try {
    const data = dataSchema.parse(config);
    const facts = await reader.ask('describe', dataFiles(data, folder), { config: data, folder });
    return { answer: ownAnswer(config, facts), preview };
  } catch (error) {
    if (!(error instanceof UserError) || preview.length === 0) throw error;
    throw new UserError(`${preview.join('\n')}\n\n${error.message}`, { cause: error });
  }
}

const isTable = (path: string) => /\.(csv|tsv|txt)(\.gz)?$/i.test(path);

async function tableOf(
  path: string,
  { label, ignore, missing }: OwnDataFlags,
  folder: string,
): Promise<{ config: OwnData; preview: string[] }> {
  const look = await inspectTable(resolve(folder, path));
  if (label === undefined)
    throw new UsageError(
      `${previewOf(path, look, null, []).join('\n')}\n\n${path} is a table: name the label column with --label (its name or its number), such as --label ${columnText(look.label).replace('number ', '')}.`,
    );
  const chosen = keyIn(look, label);
  const ignored =
    ignore === undefined
      ? look.columns.filter(({ key, leaveOut }) => leaveOut && key !== chosen).map(({ key }) => key)
      : ignore.split(',').flatMap((word) => (word.trim() === '' ? [] : [keyIn(look, word.trim())]));
  return {
    config: {
      source: 'csv',
      file: path,
      label: chosen,
      ...(ignored.length > 0 ? { ignore: ignored } : {}),
      ...(missing ? { missing } : {}),
    },
    preview: previewOf(path, look, chosen, ignored),
  };
}

/** Names take precedence: a column may be called "0". */
function keyIn({ columns }: TableLook, word: string): ColumnKey {
  if (columns.some(({ key }) => key === word)) return word;
  if (!/^-?\d+$/.test(word)) return word;
  return columns.at(Number(word))?.key ?? Number(word);
}

/** The detected dialect, and how each column is used. */
function previewOf(path: string, look: TableLook, label: ColumnKey | null, ignored: ColumnKey[]): string[] {
  const what = ({ key, taken }: TableLook['columns'][number]) =>
    key === label ? 'the label' : ignored.includes(key) ? `left out: ${taken}` : taken;
  return [
    `${path}: ${dialectText(look)}`,
    ...look.columns.map(
      (column) => `  ${columnText(column.key)}: ${what(column)} (${shownValues(column.values)})`,
    ),
  ];
}

const shownValues = (values: readonly string[]) =>
  values.map((value) => (value === '' ? 'empty' : value)).join(' · ');

function arraysOf(path: string, { labels }: OwnDataFlags, folder: string): OwnData {
  if (labels === undefined)
    throw new UsageError(`${path} contains inputs only: name the file of labels with --labels.`);
  const labelFile = fromFolder(folder, labels);
  return /\.npy$/i.test(path)
    ? { source: 'npy', inputs: path, labelFile }
    : { source: 'idx', images: path, labelFile };
}

/** Relative if the file is in the folder, so that both can be moved together. */
export function fromFolder(folder: string, file: string): string {
  const path = relative(folder, resolve(file));
  return path.startsWith('..') ? resolve(file) : path.replaceAll('\\', '/');
}
