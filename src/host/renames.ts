import { l10n, window, workspace, type Disposable } from 'vscode';
import { UserError } from '../config/errors';
import { configKind } from '../config/kinds';
import { renameRuns } from '../runs/rename';
import type { Host } from './host';
import { renameReport } from './panel/report';

/** Moves the runs of an experiment whose file is renamed or moved in the editor; its open panel and report follow. */
export function registerRenames(host: Host): Disposable {
  return workspace.onDidRenameFiles(({ files }) => {
    for (const { oldUri, newUri } of files)
      if ([oldUri, newUri].every(({ scheme, fsPath }) => scheme === 'file' && isExperiment(fsPath)))
        void follow(host, oldUri.fsPath, newUri.fsPath);
  });
}

const isExperiment = (file: string) => configKind(file) === 'experiment';

async function follow({ panels, store }: Host, before: string, after: string): Promise<void> {
  // At once, before the store notices that the old file is gone and closes what is open for it.
  panels.rename(before, after);
  renameReport(before, after);
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
