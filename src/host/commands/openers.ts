import { stat } from 'node:fs/promises';
import { env, l10n, window } from 'vscode';
import { UserError } from '../../config/errors';
import { chooseNode } from '../../runner/node';
import { experimentFiles, runFiles } from '../../runs/layout';
import { prepare } from '../../runs/prepare';
import { writeReports } from '../../runs/reports';
import { inDist } from '../files';
import type { Host } from '../host';
import { showReport } from '../panel/report';
import { settings } from '../settings';
import { inPlan, statusOf, type RunView } from '../store/views';
import { commandLine } from './commandLine';
import { openFile, reveal } from './open';
import { experimentOf, runOf, runsOfArm, targetIn } from './target';

const begun = (run: RunView) => statusOf(run) !== 'queued';

export async function openPanel(host: Host, argument: unknown): Promise<void> {
  const view = await experimentOf(host, argument);
  if (view) host.panels.show(view.key, { run: targetIn(argument)?.run ?? null, focus: true });
}

/** Written anew where it is missing: it derives from the run folders. */
export async function openReport(host: Host, argument: unknown): Promise<void> {
  const view = await experimentOf(host, argument);
  if (!view) return;
  const { report } = experimentFiles(view.runsFolder);
  if (!(await exists(report))) {
    if (!view.runs.some((run) => statusOf(run) === 'finished') || !view.runnable)
      throw new UserError(l10n.t('{0} has no report yet: no run has finished.', view.name));
    await writeReports(await prepare(view.key, host.reader.now));
  }
  await showReport(view.name, report);
}

export async function openLog(host: Host, argument: unknown): Promise<void> {
  const target = targetIn(argument);
  const view = target && host.store.get(target.experiment);
  const runnerLog = view && experimentFiles(view.runsFolder).runnerLog;
  if (view && target?.run === undefined && runnerLog !== undefined && (await exists(runnerLog)))
    return openFile(runnerLog);
  const found = await runOf(host, argument, begun);
  if (!found) return;
  const log = runFiles(found.run.folder).log(found.run.state.attempt ?? 1);
  if (!(await exists(log))) throw new UserError(l10n.t('This run has no log: {0} does not exist.', log));
  await openFile(log);
}

export async function openResolvedConfig(host: Host, argument: unknown): Promise<void> {
  const found = await runOf(host, argument, begun);
  if (found) await openFile(runFiles(found.run.folder).run);
}

export async function revealRun(host: Host, argument: unknown): Promise<void> {
  const found = await runOf(host, argument, begun);
  if (found) await reveal(found.run.folder);
}

/** A line that does the same in a terminal, without the editor. */
export async function copyCommand(host: Host, argument: unknown): Promise<void> {
  const view = await experimentOf(host, argument, (one) => one.runnable);
  if (!view) return;
  const target = targetIn(argument);
  const runs =
    target?.run === undefined
      ? target?.arm === undefined
        ? []
        : runsOfArm(view, target.arm)
      : view.runs.filter((run) => run.id === target.run);
  const node = await chooseNode(settings().nodePath);
  const line = commandLine(
    [
      node.path,
      inDist(host.context, 'cli.js'),
      'run',
      view.key,
      ...runs.filter(inPlan).flatMap((run) => ['--only', run.planId ?? '']),
    ],
    node.environment['ELECTRON_RUN_AS_NODE'] === '1',
  );
  await env.clipboard.writeText(line);
  window.setStatusBarMessage(l10n.t('Copied: {0}', line), 8000);
}

const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );
