import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { l10n, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import { UserError } from '../../config/errors';
import { endings } from '../../config/kinds';
import { isRunning } from '../../runner/stop';
import { locateRuns } from '../../runs/locate';
import { otherOwner } from '../../runs/ownership';
import { duplicateExperiment as copyExperiment, whyNotCalled } from '../../runs/rename';
import type { Host } from '../host';
import { isActive, type ExperimentView } from '../store/views';
import { moveToBin } from './discard';
import { resolveExperiment } from './resolveTarget';

/** Renames the file through the editor, so that open editors follow; `renames.ts` then moves the runs. */
export async function renameExperiment(host: Host, argument: unknown): Promise<void> {
  const view = await idleOf(host, argument);
  const name = view && (await askName(view, l10n.t('Rename {0}', view.name), view.name));
  if (!view || name === undefined) return;
  const edit = new WorkspaceEdit();
  const to = join(dirname(view.key), `${name}${endings.experiment}`);
  edit.renameFile(Uri.file(view.key), Uri.file(to));
  if (!(await workspace.applyEdit(edit)))
    throw new UserError(l10n.t('{0} could not be renamed to {1}.', view.key, to));
}

/** Copies the file only: the copy has no runs. */
export async function duplicateExperiment(host: Host, argument: unknown): Promise<void> {
  const view = await resolveExperiment(host, argument, (one) => one.runnable);
  const name = view && (await askName(view, l10n.t('Duplicate {0}', view.name), `${view.name}-2`));
  if (!view || name === undefined) return;
  const copy = await copyExperiment(view.key, name);
  await host.store.refresh();
  await window.showTextDocument(Uri.file(copy), { preview: false });
}

/** Moves file and runs to the bin after a confirmation; teachers and students stay, since experiments share them. */
export async function deleteExperiment(host: Host, argument: unknown): Promise<void> {
  const view = await idleOf(host, argument);
  if (!view) return;
  const where = locateRuns(view.key);
  const hasRuns = existsSync(where.runsFolder) && (await otherOwner(where)) === null;
  const gone = hasRuns ? [view.key, where.runsFolder] : [view.key];
  const kept = l10n.t('Teachers and students are kept: other experiments may use them.');
  const button = l10n.t('Move to Bin');
  const answer = await window.showWarningMessage(
    l10n.t('Move {0} to the bin?', view.name),
    { modal: true, detail: [...gone, kept].join('\n') },
    button,
  );
  if (answer !== button) return;
  // Runs first: a file without runs can be run again, runs without a file cannot.
  for (const path of gone.reverse()) await moveToBin(host, where.root, path);
  await host.store.refresh();
}

async function idleOf(host: Host, argument: unknown): Promise<ExperimentView | undefined> {
  const view = await resolveExperiment(host, argument, (one) => one.runnable && !isActive(one));
  if (view && (isActive(view) || (await isRunning(locateRuns(view.key)))))
    throw new UserError(l10n.t('{0} is running. Stop it first, or wait until it ends.', view.name));
  return view;
}

function askName(view: ExperimentView, title: string, value: string): Thenable<string | undefined> {
  return window.showInputBox({
    title,
    value,
    prompt: l10n.t('Name of the experiment file and of the folder with its runs'),
    validateInput: (name) => (name === view.name ? null : whyNotCalled(view.key, name)),
  });
}
