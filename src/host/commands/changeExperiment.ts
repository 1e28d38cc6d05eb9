import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { l10n, Range, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import { UserError } from '../../config/errors';
import { endings } from '../../config/kinds';
import { writeScaffold } from '../../config/scaffold';
import type { Host } from '../host';
import type { ExperimentView } from '../store/views';

/** The file that a change of an experiment is written to. */
export type Where = { file: string; isNew: boolean };

/**
 * The file for a change that adds arms. Once the test set has been opened, the verdict stays that of the arms recorded then, so
 * the user is asked first and offered a new file. Undefined: cancelled.
 */
export async function askTargetFile(view: ExperimentView, suffix: string): Promise<Where | undefined> {
  if ((view.summary?.looks ?? 0) === 0) return { file: view.key, isNew: false };
  const file = freeFile(view, suffix);
  const beside = l10n.t('New Experiment');
  const here = l10n.t('Change This File');
  const chosen = await window.showWarningMessage(
    l10n.t('The test set of {0} has already been opened.', view.name),
    {
      modal: true,
      detail: l10n.t(
        'New Experiment creates {0}, which shares the teacher, the soft targets and the data. The verdict of {1} does not change.\n\nChange This File: there is no verdict until everything you add has run. The headline stays the primary arm recorded at the first opening; whatever you add is a second look, with 99 % intervals, corrected for the number of arms.',
        basename(file),
        view.name,
      ),
    },
    beside,
    here,
  );
  if (chosen === beside) return { file, isNew: true };
  return chosen === here ? { file: view.key, isNew: false } : undefined;
}

/** Whether to add seeds, which open the test set a second time. */
export async function confirmSecondLook(view: ExperimentView): Promise<boolean> {
  if ((view.summary?.looks ?? 0) === 0) return true;
  const add = l10n.t('Add Seeds');
  const chosen = await window.showWarningMessage(
    l10n.t('The test set of {0} has already been opened.', view.name),
    {
      modal: true,
      detail: l10n.t(
        'Adding seeds opens it again. There is no verdict until they have run; the new verdict uses a 99 % interval over all seeds.',
      ),
    },
    add,
  );
  return chosen === add;
}

/** Writes a new experiment file and shows it. */
export async function writeNewExperiment(host: Host, file: string, text: string): Promise<void> {
  writeScaffold(dirname(file), { [basename(file)]: text });
  await host.store.refresh();
  await window.showTextDocument(await workspace.openTextDocument(Uri.file(file)));
}

/** "few-labels-sweep.distill.json", or with the first free number. */
export function freeFile(
  { key, runsFolder }: Pick<ExperimentView, 'key' | 'runsFolder'>,
  suffix: string,
): string {
  const stem = `${basename(key).slice(0, -endings.experiment.length)}-${suffix}`;
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? stem : `${stem}-${n}`;
    const file = join(dirname(key), `${name}${endings.experiment}`);
    if (!existsSync(file) && !existsSync(join(dirname(runsFolder), name))) return file;
  }
}

/** Changes a config file through the editor, so that it can be undone, and saves it. */
export async function rewriteConfig(
  host: Host,
  file: string,
  change: (text: string) => string,
): Promise<void> {
  const document = await workspace.openTextDocument(file);
  const text = document.getText();
  const edit = new WorkspaceEdit();
  const everything = new Range(document.positionAt(0), document.positionAt(text.length));
  edit.replace(document.uri, everything, change(text));
  if (!(await workspace.applyEdit(edit)) || !(await document.save()))
    throw new UserError(l10n.t('{0} could not be changed.', file));
  await host.store.reload(file);
}
