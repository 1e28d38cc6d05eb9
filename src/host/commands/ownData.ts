import { relative } from 'node:path';
import { l10n, ProgressLocation, Uri, window } from 'vscode';
import { dataSchema } from '../../config/data';
import { UserError } from '../../config/errors';
import type { ColumnKey } from '../../config/table';
import type { DataFacts } from '../../config/facts';
import { describeSavedModel } from '../../config/savedModel';
import { ownAnswer, type Answers, type OwnData } from '../../config/scaffold';
import { dataFiles } from '../../config/root';
import type { Reader } from '../../data/reader';
import { inspectTable } from '../../data/table/inspect';
import type { Readable } from '../reader';
import { askInputs, askLabel, askMissing } from './askTable';
import { askInTurn, BACK, CANCELLED, storeAnswer, type Answer, type StepPosition } from './steps';

type Source = OwnData['source'];

/** Reads the chosen files at once, to size the networks and report wrong files early. Undefined: nothing was chosen. */
export async function askOwnData(
  source: Source,
  folder: string,
  { now: reader }: Readable,
  position: StepPosition,
): Promise<Answer<Answers['data']> | undefined> {
  if (reader === null) return undefined;
  return showingErrors(async () => {
    const own =
      source === 'csv' ? await askCsv(folder, reader, position) : await chooseArrays(source, folder);
    if (own === undefined || own === BACK || own === CANCELLED) return own;
    return ownAnswer(own, await describeShown(own, folder, reader));
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

/** A file, then questions about its columns and, where there are any, its missing cells. */
async function askCsv(
  folder: string,
  reader: Reader,
  step: StepPosition,
): Promise<Answer<OwnData> | undefined> {
  const extensions = ['csv', 'tsv', 'txt', 'gz'];
  const file = await chooseFile(folder, l10n.t('CSV file, one example per row'), extensions);
  if (file === undefined) return undefined;
  const look = await inspectTable(file);
  const position = { ...step, isWithin: true };
  let label = look.label;
  let ignore: ColumnKey[] = [];
  let missing: 'drop' | 'mean' | undefined;
  const own = (): Extract<OwnData, { source: 'csv' }> => ({
    ...{ source: 'csv', file: fromFolder(folder, file), label },
    ...(ignore.length > 0 && { ignore }),
    ...(missing && { missing }),
  });
  const left = await askInTurn([
    async () => storeAnswer(await askLabel(look, label, position), (key) => (label = key)),
    async () =>
      storeAnswer(await askInputs(look, label, position), (inputs) => {
        const keys = look.columns.map(({ key }) => key);
        ignore = keys.filter((key) => key !== label && !inputs.includes(key));
      }),
    async () => {
      missing = undefined;
      const { table } = await describeShown({ ...own(), missing: 'drop' }, folder, reader);
      if (!table || table.missing.cells === 0) return;
      const { cells, rows } = table.missing;
      return storeAnswer(await askMissing(cells, rows, position), (how) => (missing = how));
    },
  ]);
  return left ?? own();
}

export async function askSavedModel(folder: string): Promise<Answers['teacher'] | undefined> {
  const model = await chooseFile(folder, l10n.t('The teacher: model.json'), ['json']);
  if (model === undefined) return undefined;
  return showingErrors(() => {
    describeSavedModel(model);
    return Promise.resolve({ id: 'saved', model: fromFolder(folder, model) } as const);
  });
}

async function chooseArrays(source: 'npy' | 'idx', folder: string): Promise<OwnData | undefined> {
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
