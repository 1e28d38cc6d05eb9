import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { l10n, Uri, window, workspace, type WorkspaceFolder } from 'vscode';
import { UserError } from '../../config/errors';
import {
  sampleNames,
  samplePath,
  scaffoldSample,
  scaffoldStudent,
  scaffoldTeacher,
  writeScaffold,
  type Files,
} from '../../config/scaffold';
import type { Host } from '../host';

export const newTeacher = (_host: Host, argument: unknown): Promise<void> =>
  create(argument, scaffoldTeacher, 'mlp-256', l10n.t('New teacher config'));

export const newStudent = (_host: Host, argument: unknown): Promise<void> =>
  create(argument, scaffoldStudent, 'mlp-16', l10n.t('New student config'));

async function create(
  argument: unknown,
  scaffold: (name: string) => Files,
  proposal: string,
  title: string,
): Promise<void> {
  const folder = argument instanceof Uri ? argument.fsPath : await pickFolder();
  if (folder === undefined) return;
  const fileOf = (name: string) => Object.keys(scaffold(name))[0] ?? name;
  const taken = (name: string) => existsSync(join(folder, fileOf(name)));
  const name = await window.showInputBox({
    title,
    prompt: l10n.t('Name of the config. The file is created in {0}.', folder),
    value: proposal,
    ignoreFocusOut: true,
    validateInput: (text) => {
      if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(text))
        return l10n.t('A name has letters, digits, dashes and dots, and begins with a letter or a digit.');
      return taken(text)
        ? l10n.t('{0} already exists. Choose another name; nothing is overwritten.', fileOf(text))
        : undefined;
    },
  });
  if (name === undefined) return;
  if (taken(name)) throw new UserError(l10n.t('{0} already exists.', fileOf(name)));
  writeScaffold(folder, scaffold(name));
  await window.showTextDocument(Uri.file(join(folder, fileOf(name))));
}

/** Copies a sample into the folder and opens it. */
export async function newSample(host: Host): Promise<void> {
  const folder = await pickFolder();
  if (folder === undefined) return;
  const samples = host.context.asAbsolutePath('samples');
  const name = await window.showQuickPick(sampleNames(samples), {
    title: l10n.t('Copy a Sample Experiment'),
    placeHolder: l10n.t('Copied into the experiments folder, with its teacher and student.'),
  });
  if (name === undefined) return;
  writeScaffold(folder, scaffoldSample(samples, name, folder));
  await host.store.refresh();
  await window.showTextDocument(Uri.file(join(folder, samplePath(name))), { preview: false });
}

/** Workspace folders on disk. */
export const foldersHere = (): readonly WorkspaceFolder[] =>
  (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');

/** The only workspace folder, or the one that the user picks. */
export async function pickFolder(): Promise<string | undefined> {
  const folders = foldersHere();
  if (folders.length <= 1) return folders[0]?.uri.fsPath;
  const picked = await window.showQuickPick(
    folders.map(({ name, uri }) => ({ label: name, description: uri.fsPath, path: uri.fsPath })),
    { title: l10n.t('Which folder?') },
  );
  return picked?.path;
}
