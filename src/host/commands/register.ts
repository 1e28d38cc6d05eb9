import { commands, l10n, window, workspace, type Disposable } from 'vscode';
import { errorText, UserError } from '../../config/errors';
import type { Host } from '../host';
import { notRead } from '../reader';
import { commandTable, type Command } from './table';

export function registerCommands(host: Host): Disposable[] {
  return Object.entries(commandTable).map(([name, command]) =>
    commands.registerCommand(`distillery.${name}`, (argument?: unknown, more?: unknown) =>
      runCommand(host, name, command, argument, more),
    ),
  );
}

/** Runs a command; shows a UserError as it is, other errors with a link to the log. */
async function runCommand(
  host: Host,
  name: string,
  { action, trusted, reads }: Command,
  argument: unknown,
  more: unknown,
): Promise<void> {
  try {
    if (trusted && !workspace.isTrusted)
      throw new UserError(l10n.t('Training runs code from this folder, so it needs your trust.'));
    if (reads && !workspace.isTrusted) throw new UserError(notRead());
    await action(host, argument, more);
  } catch (error) {
    const known = error instanceof UserError;
    host.log.error(`${name}: ${known ? error.message : errorText(error)}`);
    // Not awaited: the command must not wait for the message to be closed.
    void showError(host, known ? error.message : l10n.t('{0} failed: {1}', name, String(error)));
  }
}

async function showError(host: Host, message: string): Promise<void> {
  const showLog = l10n.t('Show Log');
  if ((await window.showErrorMessage(message, showLog)) === showLog) host.log.show();
}
