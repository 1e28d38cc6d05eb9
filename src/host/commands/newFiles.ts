import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { l10n, Uri, window } from 'vscode';
import { UserError } from '../../config/errors';
import { scaffoldStudent, scaffoldTeacher, writeScaffold, type Files } from '../../config/scaffold';
import type { Host } from '../host';
import { pickFolder } from './folders';

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
