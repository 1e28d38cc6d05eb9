import { relative } from 'node:path';
import { l10n, ProgressLocation, Uri, window } from 'vscode';
import { dataSchema } from '../../config/data';
import { UserError } from '../../config/errors';
import type { DataFacts } from '../../config/facts';
import { describeSavedModel } from '../../config/savedModel';
import { ownAnswer, type Answers, type OwnData } from '../../config/scaffold';
import { dataFiles } from '../../config/root';
import type { Reader } from '../../data/reader';
import { inspectTable } from '../../data/table/inspect';
import type { Readable } from '../reader';
import { askMissing, askTable } from './askTable';

type Source = OwnData['source'];

/** Reads the chosen files at once, to size the networks and report wrong files early. Undefined: cancelled. */
export async function askOwnData(
  source: Source,
  folder: string,
  { now: reader }: Readable,
): Promise<Answers['data'] | undefined> {
  const config = await askConfig(source, folder);
  if (!config || reader === null) return undefined;
  return showingErrors(async () => {
    const whole = await withMissing(config, folder, reader);
    return whole && ownAnswer(whole, await describeShown(whole, folder, reader));
  });
}

/** Shows progress, since a large file takes a while, and can be cancelled. */
function describeShown(own: OwnData, folder: string, reader: Reader): Thenable<DataFacts> {
  const config = dataSchema.parse(own);
  const title = l10n.t('Reading the data…');
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (_progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      return reader.ask('describe', dataFiles(config, folder), { config, folder }, controller.signal);
    },
  );
}

/** Asks how to handle missing cells, if there are any. */
async function withMissing(config: OwnData, folder: string, reader: Reader): Promise<OwnData | undefined> {
  if (config.source !== 'csv') return config;
  const { table } = await describeShown({ ...config, missing: 'drop' }, folder, reader);
  if (!table || table.missing.cells === 0) return config;
  const missing = await askMissing(table.missing.cells, table.missing.rows);
  return missing && { ...config, missing };
}

export async function askSavedModel(folder: string): Promise<Answers['teacher'] | undefined> {
  const model = await chooseFile(folder, l10n.t('The teacher: model.json'), ['json']);
  if (model === undefined) return undefined;
  return showingErrors(() => {
    describeSavedModel(model);
    return Promise.resolve({ id: 'saved', model: fromFolder(folder, model) } as const);
  });
}

async function askConfig(source: Source, folder: string): Promise<OwnData | undefined> {
  if (source === 'csv') {
    const file = await chooseFile(folder, l10n.t('CSV file, one example per row'), [
      'csv',
      'tsv',
      'txt',
      'gz',
    ]);
    if (file === undefined) return undefined;
    const look = await showingErrors(() => inspectTable(file));
    const columns = look && (await askTable(look));
    if (!columns) return undefined;
    const { label, ignore } = columns;
    return { source, file: fromFolder(folder, file), label, ...(ignore.length > 0 ? { ignore } : {}) };
  }
  const kinds = source === 'npy' ? ['npy'] : ['*'];
  const inputs = await chooseFile(folder, l10n.t('Inputs'), kinds);
  const labels = inputs === undefined ? undefined : await chooseFile(folder, l10n.t('Labels'), kinds);
  if (inputs === undefined || labels === undefined) return undefined;
  const [path, labelFile] = [fromFolder(folder, inputs), fromFolder(folder, labels)];
  return source === 'npy' ? { source, inputs: path, labelFile } : { source, images: path, labelFile };
}

async function chooseFile(folder: string, title: string, extensions: string[]): Promise<string | undefined> {
  const chosen = await window.showOpenDialog({
    title,
    defaultUri: Uri.file(folder),
    canSelectMany: false,
    filters: { [title]: extensions },
  });
  return chosen?.[0]?.fsPath;
}

/** Relative if the file is in the folder, so that both can be moved together. */
function fromFolder(folder: string, file: string): string {
  const path = relative(folder, file);
  return path.startsWith('..') ? file : path.replaceAll('\\', '/');
}

/** Shows why a file cannot be used; undefined asks again. */
async function showingErrors<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    void window.showErrorMessage(error.message);
    return undefined;
  }
}
