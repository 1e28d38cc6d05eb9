import { stat } from 'node:fs/promises';
import { l10n } from 'vscode';
import { UserError } from '../../config/errors';
import { experimentFiles, runFiles } from '../../runs/layout';
import { prepare } from '../../runs/prepare';
import { writeReports } from '../../runs/reports';
import type { Host } from '../host';
import { showReport } from '../panel/report';
import { statusOf, type RunView } from '../store/views';
import { openFile, reveal } from '../editorFiles';
import { resolveExperiment, resolveRun, targetIn } from './resolveTarget';

const begun = (run: RunView) => statusOf(run) !== 'queued';

export async function openPanel(host: Host, argument: unknown): Promise<void> {
  const view = await resolveExperiment(host, argument);
  if (view) host.panels.show(view.key, { run: targetIn(argument)?.run ?? null, focus: true });
}

/** Writes the report first if it is missing. */
export async function openReport(host: Host, argument: unknown): Promise<void> {
  const view = await resolveExperiment(host, argument);
  if (!view) return;
  const { report } = experimentFiles(view.runsFolder);
  if (!(await exists(report))) {
    if (!view.runs.some((run) => statusOf(run) === 'finished') || !view.runnable)
      throw new UserError(l10n.t('{0} has no report yet: no run has finished.', view.name));
    await writeReports(await prepare(view.key, host.reader.now));
  }
  await showReport(view.key, view.name, report);
}

export async function openLog(host: Host, argument: unknown): Promise<void> {
  const target = targetIn(argument);
  const view = target && host.store.get(target.experiment);
  const runnerLog = view && experimentFiles(view.runsFolder).runnerLog;
  if (view && target?.run === undefined && runnerLog !== undefined && (await exists(runnerLog)))
    return openFile(runnerLog);
  const found = await resolveRun(host, argument, begun);
  if (!found) return;
  const log = runFiles(found.run.folder).log(found.run.state.attempt ?? 1);
  if (!(await exists(log))) throw new UserError(l10n.t('This run has no log: {0} does not exist.', log));
  await openFile(log);
}

export async function openResolvedConfig(host: Host, argument: unknown): Promise<void> {
  const found = await resolveRun(host, argument, begun);
  if (found) await openFile(runFiles(found.run.folder).run);
}

export async function revealRun(host: Host, argument: unknown): Promise<void> {
  const found = await resolveRun(host, argument, begun);
  if (found) await reveal(found.run.folder);
}

const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );
