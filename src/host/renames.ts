import { l10n, window, workspace, type Disposable } from 'vscode';
import { UserError } from '../config/errors';
import { configKind } from '../config/kinds';
import { renameRuns } from '../runs/rename';
import type { Store } from './store/store';

/** Moves the runs of an experiment whose file is renamed or moved in the editor. */
export function registerRenames(store: Store): Disposable {
  return workspace.onDidRenameFiles(({ files }) => {
    for (const { oldUri, newUri } of files)
      if ([oldUri, newUri].every(({ scheme, fsPath }) => scheme === 'file' && isExperiment(fsPath)))
        void follow(store, oldUri.fsPath, newUri.fsPath);
  });
}

const isExperiment = (file: string) => configKind(file) === 'experiment';

async function follow(store: Store, before: string, after: string): Promise<void> {
  try {
    await renameRuns(before, after);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    void window.showWarningMessage(
      l10n.t('The file was renamed, but its runs were not moved. {0}', error.message),
    );
  }
  await store.refresh();
}
