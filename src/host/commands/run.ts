import { l10n, Range, Selection, Uri, window, workspace } from 'vscode';
import type { Diagnostic } from '../../config/document';
import { UserError } from '../../config/errors';
import { filesOf } from '../../config/resolved';
import { startRunner } from '../../runner/start';
import { stopNow } from '../../runner/stop';
import { workloadText } from '../../runs/workload';
import { MANY_TRAININGS } from '../../runs/futureRuns';
import { requestStop } from '../../runs/stop';
import { lacksNative, reportStartFailure } from '../engine/needed';
import { inDist, type Host } from '../host';
import { settings } from '../settings';
import { inPlan, isActive, statusOf, type ExperimentView, type RunView } from '../store/views';
import { discardRun, confirmDiscard } from './discard';
import { resolveExperiment, resolveRun, runsOfArm, targetIn } from './resolveTarget';

/** Seconds that a runner has beyond the grace period of its trainers. */
const SLACK = 2;

/** Trains what is missing or unfinished, like make. */
export async function run(host: Host, argument: unknown): Promise<void> {
  const view = await resolveExperiment(host, argument, (one) => one.runnable);
  if (view) await start(host, view);
}

export async function runArm(host: Host, argument: unknown): Promise<void> {
  const view = await resolveExperiment(host, argument, (one) => one.runnable);
  if (!view) return;
  const missing = runsOfArm(view, targetIn(argument)?.arm).filter((one) => statusOf(one) !== 'finished');
  await start(host, view, plannedIds(missing));
}

/** Trains a run again; the folder of a finished run is first moved to the bin, after a confirmation. */
export async function runSeed(host: Host, argument: unknown): Promise<void> {
  const found = await resolveRun(host, argument, (one) => inPlan(one) && statusOf(one) !== 'running');
  // Checked before the folder is moved.
  if (!found || lacksNative(host, found.view)) return;
  if (statusOf(found.run) === 'finished') {
    if (!(await confirmDiscard(found.view, found.run, l10n.t('Train It Again')))) return;
    await discardRun(host, found.view, found.run);
  }
  await start(host, found.view, plannedIds([found.run]));
}

export async function resume(host: Host, argument: unknown): Promise<void> {
  const cut: readonly string[] = ['stopped', 'paused', 'interrupted', 'failed'];
  if (targetIn(argument)?.run === undefined) {
    const view = await resolveExperiment(host, argument, (one) =>
      one.runs.some((r) => cut.includes(statusOf(r))),
    );
    if (view) await start(host, view);
    return;
  }
  const found = await resolveRun(host, argument, (one) => cut.includes(statusOf(one)));
  if (found) await start(host, found.view, plannedIds([found.run]));
}

/** Also works for runs that were started elsewhere: the request is a file in the run folder. */
export async function stop(host: Host, argument: unknown): Promise<void> {
  const target = targetIn(argument);
  const view = await resolveExperiment(host, argument, isActive);
  if (!view) return;
  const running = view.runs.filter((one) => statusOf(one) === 'running');
  const some = target?.run !== undefined || target?.arm !== undefined;
  const chosen = some
    ? runsOfArm(view, target.arm).filter((one) => target.run === undefined || one.id === target.run)
    : running.filter((one) => !inPlan(one));
  for (const one of chosen.filter((each) => running.includes(each))) requestStop(one.folder);
  host.log.info(`Stop asked for: ${some ? chosen.map((one) => one.folder).join(', ') : view.runsFolder}`);
  // The runner ends its trainers after the grace period; if it does not respond, its processes are ended here.
  if (!some && view.runnable)
    void stopNow(view, settings().stopGrace + SLACK).then((how) =>
      host.log.info(`Stopped ${view.name}: ${how}.`),
    );
  await host.store.look(view.key);
}

export async function stopAll(host: Host): Promise<void> {
  for (const view of host.store.experiments.filter(isActive)) await stop(host, { experiment: view.key });
}

async function start(host: Host, view: ExperimentView, only?: readonly string[]): Promise<void> {
  await saveConfigs(view);
  const fresh = await host.store.reload(view.key);
  if (!fresh?.runnable) return;
  const error = fresh.diagnostics.find((d) => d.severity === 'error');
  if (error) {
    void showConfigError(error);
    return;
  }
  const { stopGrace, nodePath, trainerArguments, trainerEnvironment, openPanelOnRun } = settings();
  if (isActive(fresh)) {
    host.panels.show(fresh.key);
    throw new UserError(l10n.t('{0} is already running.', fresh.name));
  }
  if (openPanelOnRun) host.panels.show(fresh.key);
  if (only === undefined && fresh.missing === 0 && fresh.summary?.part === 'test') {
    window.setStatusBarMessage(l10n.t('{0}: everything is already trained.', fresh.name), 8000);
    return;
  }
  if (lacksNative(host, fresh) || (only === undefined && !(await confirmStart(fresh)))) return;
  const started = await startRunner({
    experimentFile: fresh.key,
    runnerPath: inDist(host.context, 'runner.js'),
    only,
    grace: stopGrace,
    nodePath: nodePath === '' ? undefined : nodePath,
    trainerArguments,
    trainerEnvironment,
  });
  host.log.info(`Runner of ${fresh.name}: pid ${started.pid}, in ${fresh.root}: ${started.command}`);
  host.log.info(started.why);
  void started.error.then((sentence) => reportStartFailure(host, fresh.key, sentence));
  await host.store.look(fresh.key);
}

/** Asks before a very large number of trainings, which may be a mistake. */
async function confirmStart({
  name,
  missing: trainings,
  estimate: seconds,
}: ExperimentView): Promise<boolean> {
  if (trainings <= MANY_TRAININGS) return true;
  const begin = l10n.t('Run All');
  const question = l10n.t('{0} needs {1}.', name, workloadText({ trainings, seconds }));
  return (await window.showWarningMessage(question, begin)) === begin;
}

/** Shows the error and offers to open the file at its position. */
async function showConfigError({ file, message, offset, length }: Diagnostic): Promise<void> {
  const open = l10n.t('Open Config');
  if ((await window.showErrorMessage(message, open)) !== open) return;
  const editor = await window.showTextDocument(Uri.file(file));
  const place = new Range(editor.document.positionAt(offset), editor.document.positionAt(offset + length));
  editor.selection = new Selection(place.start, place.end);
  editor.revealRange(place);
}

function plannedIds(runs: readonly RunView[]): string[] {
  const ids = runs.flatMap((one) => one.planId ?? []);
  if (ids.length === 0)
    throw new UserError(l10n.t('The experiment file no longer contains this, so there is nothing to run.'));
  return ids;
}

/** Saves open config files, so that the run uses what the editor shows. */
async function saveConfigs(view: ExperimentView): Promise<void> {
  const files = new Set([view.key, ...(view.experiment ? filesOf(view.experiment) : [])]);
  const open = workspace.textDocuments.filter((document) => document.isDirty && files.has(document.fileName));
  await Promise.all(open.map((document) => document.save()));
}
