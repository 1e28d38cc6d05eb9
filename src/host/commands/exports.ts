import { join } from 'node:path';
import { l10n, Uri, window } from 'vscode';
import { UserError } from '../../config/errors';
import type { ChartFormat } from '../../messages';
import { exportModel, exportName } from '../../runs/export';
import type { Host } from '../host';
import { statusOf, type ExperimentView, type RunView } from '../store/views';
import { openFile } from '../editorFiles';
import { resolveRun, targetIn } from './resolveTarget';

/** Exports the student as a TensorFlow.js Layers model with a README. */
export async function exportStudent(host: Host, argument: unknown, into?: unknown): Promise<void> {
  const found = await resolveRun(host, argument ?? host.selection(), isStudent);
  if (!found) return;
  const named = targetIn(argument);
  const parent = typeof into === 'string' ? into : await askWhere(found.view.root);
  if (parent === undefined) return;
  const folder = await copyStudent(found.view, found.run, parent);
  host.log.info(`Exported ${named?.run ?? found.run.id} to ${folder}`);
  await openFile(join(folder, 'README.md'));
}

async function askWhere(root: string): Promise<string | undefined> {
  const chosen = await window.showOpenDialog({
    title: l10n.t('Export the student into…'),
    openLabel: l10n.t('Export Here'),
    canSelectFiles: false,
    canSelectFolders: true,
    defaultUri: Uri.file(root),
  });
  return chosen?.[0]?.fsPath;
}

const isStudent = (run: RunView) => run.kind !== 'teacher' && statusOf(run) === 'finished';

/** Copies the model of a run to a new folder in `parent`; overwrites nothing. */
export async function copyStudent(view: ExperimentView, run: RunView, parent: string): Promise<string> {
  const folder = join(parent, exportName(view.name, run.spec?.arm?.slug, run.seed));
  await exportModel(run.folder, folder);
  return folder;
}

/** The page creates the file and sends it back to be saved. */
export function exportTable(host: Host): void {
  needPanel(host);
  host.panels.send({ type: 'exportTable' });
}

export async function exportChart(host: Host): Promise<void> {
  needPanel(host);
  const rows: { label: string; description: string; format: ChartFormat }[] = [
    { label: 'SVG', description: l10n.t('vector, for papers'), format: 'svg' },
    { label: 'PNG', description: l10n.t('pixels'), format: 'png' },
    { label: 'CSV', description: l10n.t('data points'), format: 'csv' },
  ];
  const picked = await window.showQuickPick(rows, { title: l10n.t('Export the chart as…') });
  if (picked) host.panels.send({ type: 'exportChart', format: picked.format });
}

function needPanel(host: Host): void {
  if (host.panels.recent === undefined) throw new UserError(l10n.t('Open an experiment’s panel first.'));
}
