import { mkdir, rename } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { l10n, Uri, window, workspace } from 'vscode';
import type { Host } from '../host';
import { runTitle, statusOf, type ExperimentView, type RunView } from '../store/views';
import { runOf } from './target';

export async function deleteRun(host: Host, argument: unknown): Promise<void> {
  const found = await runOf(
    host,
    argument,
    (one) => one.kind !== 'teacher' && !['running', 'queued'].includes(statusOf(one)),
  );
  if (!found || !(await mayDiscard(found.run, l10n.t('Move to Bin')))) return;
  await discardRun(host, found.view, found.run);
}

export async function mayDiscard(run: RunView, button: string): Promise<boolean> {
  const answer = await window.showWarningMessage(
    l10n.t('Move the folder of {0} to the bin?', runTitle(run)),
    { modal: true, detail: run.folder },
    button,
  );
  return answer === button;
}

/** To the bin of the system or, where that cannot be reached (a remote machine), to one beside the runs. */
export async function discardRun(host: Host, view: ExperimentView, run: RunView): Promise<void> {
  try {
    await workspace.fs.delete(Uri.file(run.folder), { recursive: true, useTrash: true });
  } catch (error) {
    host.log.info(`No bin of the system here: ${String(error)}`);
    const bin = join(view.root, '.distillery', 'bin', String(Date.now()), relative(view.root, run.folder));
    await mkdir(dirname(bin), { recursive: true });
    await rename(run.folder, bin);
    window.setStatusBarMessage(l10n.t('Moved to {0}', bin), 8000);
  }
  await host.store.reload(view.key);
}
