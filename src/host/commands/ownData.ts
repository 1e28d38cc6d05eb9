import { createReadStream } from 'node:fs';
import { relative } from 'node:path';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse/sync';
import { l10n, ProgressLocation, Uri, window } from 'vscode';
import { dataSchema, type DataConfig } from '../../config/data';
import { UserError } from '../../config/errors';
import type { DataFacts } from '../../config/facts';
import { describeSavedModel } from '../../config/savedModel';
import type { Answers, OwnData } from '../../config/scaffold';
import { dataFiles } from '../../data/dataFiles';
import type { Reader } from '../../data/reader';
import type { Readable } from '../reader';

type Source = OwnData['source'];

/** Files of one's own, read at once, so that the networks fit and a wrong file is said now. Undefined: none was chosen. */
export async function askOwnData(
  source: Source,
  folder: string,
  { now: reader }: Readable,
): Promise<Answers['data'] | undefined> {
  const config = await askConfig(source, folder);
  if (!config || reader === null) return undefined;
  return saying(async () => {
    const { inputShape, classes } = await describeShown(dataSchema.parse(config), folder, reader);
    return { id: config.source, config, inputShape, classes: classes.length };
  });
}

/** A large file takes a while, which is shown and can be given up. */
function describeShown(config: DataConfig, folder: string, reader: Reader): Thenable<DataFacts> {
  const title = l10n.t('Reading the data…');
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (_progress, token) => {
      const given = new AbortController();
      token.onCancellationRequested(() => given.abort());
      return reader.ask('describe', dataFiles(config, folder), { config, folder }, given.signal);
    },
  );
}

export async function askSavedModel(folder: string): Promise<Answers['teacher'] | undefined> {
  const model = await chooseFile(folder, l10n.t('The teacher: model.json'), ['json']);
  if (model === undefined) return undefined;
  return saying(() => {
    describeSavedModel(model);
    return Promise.resolve({ id: 'saved', model: fromFolder(folder, model) } as const);
  });
}

async function askConfig(source: Source, folder: string): Promise<OwnData | undefined> {
  if (source === 'csv') {
    const file = await chooseFile(folder, l10n.t('A CSV file, one example a row'), ['csv', 'tsv', 'txt']);
    const label = file === undefined ? undefined : await askLabel(file);
    return file === undefined || label === undefined
      ? undefined
      : { source, file: fromFolder(folder, file), label };
  }
  const kinds = source === 'npy' ? ['npy'] : ['*'];
  const inputs = await chooseFile(folder, l10n.t('Inputs'), kinds);
  const labels = inputs === undefined ? undefined : await chooseFile(folder, l10n.t('Labels'), kinds);
  if (inputs === undefined || labels === undefined) return undefined;
  const [path, labelFile] = [fromFolder(folder, inputs), fromFolder(folder, labels)];
  return source === 'npy' ? { source, inputs: path, labelFile } : { source, images: path, labelFile };
}

/** The last column is where a label mostly stands, so it comes first. */
async function askLabel(file: string): Promise<string | undefined> {
  const picked = await window.showQuickPick(
    columnsOf(await firstLine(file)).map((label) => ({ label })),
    { title: l10n.t('Which column is the label?'), ignoreFocusOut: true },
  );
  return picked?.label;
}

export function columnsOf(header: string): string[] {
  const delimiter =
    [',', ';', '\t'].sort((a, b) => header.split(b).length - header.split(a).length)[0] ?? ',';
  const [names = []]: string[][] = parse(header, { delimiter, relaxQuotes: true, trim: true });
  return [...names].reverse();
}

async function firstLine(file: string): Promise<string> {
  const stream = createReadStream(file, { encoding: 'utf8', end: 1 << 20 });
  try {
    for await (const line of createInterface({ input: stream })) return line.replace(/^\uFEFF/, '');
    return '';
  } finally {
    stream.destroy();
  }
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

/** Relative where the file lies in the folder, so that both can move together. */
function fromFolder(folder: string, file: string): string {
  const path = relative(folder, file);
  return path.startsWith('..') ? file : path.replaceAll('\\', '/');
}

/** A file that cannot be used is said, and the question stands again. */
async function saying<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    void window.showErrorMessage(error.message);
    return undefined;
  }
}
