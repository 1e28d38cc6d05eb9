import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { l10n, Uri, window, workspace } from 'vscode';
import { endings } from '../../config/kinds';
import { writeScaffold } from '../../config/scaffold';
import type { Host } from '../host';
import type { ExperimentView } from '../store/views';

/** Where a change of an experiment is written. */
export type Where = { file: string; isNew: boolean };

/**
 * Where to write a change that asks something new. Once the test set was opened its verdict stays that of what was promised
 * then, so a person is asked first, and offered a file of its own. Undefined: nowhere.
 */
export async function askWhere(view: ExperimentView, suffix: string): Promise<Where | undefined> {
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

/** Seeds that are added are a second look at the same question; whether to take it. */
export async function maySecondLook(view: ExperimentView): Promise<boolean> {
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

/** Writes a new experiment beside the one it is made from, and shows it. */
export async function writeBeside(host: Host, file: string, text: string): Promise<void> {
  writeScaffold(dirname(file), { [basename(file)]: text });
  await host.store.refresh();
  await window.showTextDocument(await workspace.openTextDocument(Uri.file(file)));
}

/** "few-labels-sweep.distill.json", or the first number after it that is free. */
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
