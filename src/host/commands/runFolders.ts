import { l10n, Uri, window } from 'vscode';
import { UserError } from '../../config/errors';
import { discover } from '../../runs/discover';
import type { Host } from '../host';

/** Adds a folder of runs from another machine or from the user's own script. */
export async function addRunFolder(host: Host, argument: unknown): Promise<void> {
  const folder = argument instanceof Uri ? argument.fsPath : await chooseFolder();
  if (folder === undefined) return;
  if (host.store.get(folder)) {
    const remove = l10n.t('Remove from the List');
    const answer = await window.showInformationMessage(l10n.t('{0} is already in the list.', folder), remove);
    if (answer === remove) await host.store.removeFolder(folder);
    return;
  }
  const { runs } = await discover(folder);
  if (runs.length === 0)
    throw new UserError(
      l10n.t(
        '{0} contains no run: expected a run.json in it or in one of its subfolders (docs/run-folder.md).',
        folder,
      ),
    );
  await host.store.addFolder(folder);
  host.panels.show(folder, { focus: true });
}

async function chooseFolder(): Promise<string | undefined> {
  const chosen = await window.showOpenDialog({
    title: l10n.t('Select a Folder of Runs'),
    openLabel: l10n.t('Add This Folder'),
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return chosen?.[0]?.fsPath;
}
