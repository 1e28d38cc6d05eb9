import { mkdir, rename } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { l10n, Uri, window, workspace } from 'vscode';
import { UserError } from '../../config/errors';
import { runFiles } from '../../runs/layout';
import { isHeld } from '../../runs/lease';
import type { Host } from '../host';
import { inPlan, runTitle, statusOf, type ExperimentView, type RunView } from '../store/views';
import { resolveRun } from './resolveTarget';

export async function deleteRun(host: Host, argument: unknown): Promise<void> {
  const found = await resolveRun(
    host,
    argument,
    (one) => one.kind !== 'teacher' && !['running', 'queued'].includes(statusOf(one)),
  );
  if (!found || !(await confirmDiscard(found.view, found.run, l10n.t('Move to Bin')))) return;
  await discardRun(host, found.view, found.run);
}

/** Asks before a run is moved to the bin, and says what happens to a verdict that uses it. */
export async function confirmDiscard(view: ExperimentView, run: RunView, button: string): Promise<boolean> {
  const consequence =
    (view.summary?.looks ?? 0) === 0
      ? []
      : inPlan(run)
        ? [
            l10n.t(
              'There is no verdict until this run has been trained again. The same recipe gives the same result, so this does not count as another look at the test set.',
            ),
          ]
        : [l10n.t('There is no verdict on an arm that has lost a run, or whose scratch has.')];
  const answer = await window.showWarningMessage(
    l10n.t('Move the folder of {0} to the bin?', runTitle(run)),
    { modal: true, detail: [run.folder, ...consequence].join('\n\n') },
    button,
  );
  return answer === button;
}

export async function discardRun(host: Host, view: ExperimentView, run: RunView): Promise<void> {
  if (await isHeld(runFiles(run.folder).lease))
    throw new UserError(
      l10n.t('A process is writing to {0}. Wait until it ends, or stop it first.', run.folder),
    );
  const users = host.store.experiments.filter(
    (one) => one.key !== view.key && one.runs.some(({ folder }) => folder === run.folder),
  );
  if (users.length > 0)
    throw new UserError(
      l10n.t(
        '{0} is also used by {1}, so it was not deleted.',
        run.folder,
        users.map(({ name }) => name).join(', '),
      ),
    );
  await moveToBin(host, view.root, run.folder);
  await host.store.reload(view.key);
}

/** Moves to the bin of the system or, where there is none (a remote machine), to `.distillery/bin`. */
export async function moveToBin(host: Host, root: string, path: string): Promise<void> {
  try {
    await workspace.fs.delete(Uri.file(path), { recursive: true, useTrash: true });
  } catch (error) {
    host.log.info(`No bin of the system here: ${String(error)}`);
    const bin = join(root, '.distillery', 'bin', String(Date.now()), relative(root, path));
    await mkdir(dirname(bin), { recursive: true });
    await rename(path, bin);
    window.setStatusBarMessage(l10n.t('Moved to {0}', bin), 8000);
  }
}
