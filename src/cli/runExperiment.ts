import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { plural } from '../results/format';
import { UserError } from '../config/errors';
import { workloadOf, workloadText } from '../runs/workload';
import { collectSummary } from '../runs/collect';
import type { PlanItem } from '../runs/files';
import { absoluteFolder } from '../runs/folder';
import { experimentFiles } from '../runs/layout';
import { isTeacher } from '../runs/plan';
import { writeReports } from '../runs/reports';
import { stopRequested } from '../runs/stop';
import { runStatus } from '../runs/status';
import { readEvents } from '../runs/tail';
import { engineConflict } from '../runner/engine';
import { lastLoggedError, logSize } from '../runner/log';
import { missingItems, type RunnableExperiment } from '../runner/missingItems';
import type { RunnerOptions } from '../runner/options';
import { startRunner } from '../runner/start';
import { addedIds, withPrerequisites } from '../runner/schedule';
import { isRunning } from '../runner/stop';
import { shownPath } from './diagnostics';
import { prepareAgain } from './experiment';
import { EXIT, UsageError, type ExitCode } from './command';
import { follow } from './follow';
import { InterruptHandler } from './interrupt';
import { print, printJson, printMessage } from './output';
import { progressView, type ProgressView } from './progressView';
import { resultLines } from './resultLines';

export type RunOptions = Omit<RunnerOptions, 'experimentFile'>;

/** Runs an experiment, or follows a run in progress; shows progress and results. */
export async function runExperiment(
  ready: RunnableExperiment,
  options: RunOptions,
  json: boolean,
): Promise<ExitCode> {
  const { experiment } = ready;
  const view = progressView(process.stderr);
  const key = new InterruptHandler(experiment, (line) => view.log(line));
  const { runnerLog } = experimentFiles(experiment.runsFolder);
  const from = logSize(runnerLog);
  try {
    if (await begin(ready, options, view)) {
      key.ready();
      await follow(experiment, trainersOf(ready, options), view);
    }
  } finally {
    view.close();
    key.close();
  }
  const complaint = lastLoggedError(runnerLog, from);
  return conclude(ready, options, { stopped: key.pressed, complaint }, json);
}

/** @returns whether there is something to follow */
async function begin(ready: RunnableExperiment, options: RunOptions, view: ProgressView): Promise<boolean> {
  const { experiment, engine } = ready;
  if (await isRunning(experiment)) {
    view.log(`${experiment.name} is already running: following it.`);
    return true;
  }
  const conflict = engineConflict(experiment, engine, options.engine);
  if (conflict !== null && options.retrainOn === undefined) throw new UsageError(conflict);
  const unknown = options.only?.find((id) => !ready.plan.items.some((item) => item.id === id));
  if (unknown !== undefined)
    throw new UsageError(`The plan has no item "${unknown}". distillery plan lists its items.`);
  const toDo = options.retrainOn === undefined ? await missingOf(ready, options.only) : ready.plan.items;
  if (toDo.length === 0) {
    view.log(`${experiment.name}: ${await nothingToDo(ready, options)}`);
    return false;
  }
  const trainings = toDo.filter(isTraining).length;
  const whole = options.only === undefined && options.retrainOn === undefined;
  view.log(
    `${experiment.name}: ${workloadText(whole ? await workloadOf(ready) : { trainings, seconds: null })}.`,
  );
  const runnerPath = join(__dirname, 'runner.js');
  try {
    await startRunner({
      ...options,
      experimentFile: experiment.file,
      runnerPath,
      nodePath: process.execPath,
    });
  } catch (error) {
    // Another runner was started at the same time.
    if (!(error instanceof UserError && (await isRunning(experiment)))) throw error;
    view.log(`${experiment.name} is already running: following it.`);
  }
  return true;
}

async function nothingToDo(ready: RunnableExperiment, { only, goOn }: RunOptions): Promise<string> {
  const others = goOn === true ? (await missingOf(ready, undefined)).filter(isTraining).length : 0;
  if (others > 0)
    return `no run is unfinished. ${plural(others, 'training was', 'trainings were')} never started: distillery run trains ${others === 1 ? 'it' : 'them'}.`;
  return `${only === undefined ? 'everything' : 'everything selected'} is already trained.`;
}

const isTraining = ({ kind }: PlanItem): boolean => kind === 'run' || kind === 'teacher';

function trainersOf({ experiment }: RunnableExperiment, { parallelism }: RunOptions): number {
  const most = parallelism ?? experiment.parallelism;
  return most === 'auto' ? availableParallelism() : most;
}

/** Missing items among those selected. Soft targets do not count: only runs need them. */
async function missingOf(ready: RunnableExperiment, only: RunOptions['only']): Promise<PlanItem[]> {
  const missing = await missingItems(ready);
  const wanted = only === undefined ? missing : withPrerequisites(missing, only);
  return wanted.filter((item) => item.kind !== 'softTargets');
}

/** What a saved teacher was found to be, such as two classes that look exchanged. */
async function teacherNotes({ experiment, plan }: RunnableExperiment): Promise<string[]> {
  const folders = plan.items.filter(isTeacher).map((item) => absoluteFolder(experiment.root, item));
  const events = (await Promise.all(folders.map(readEvents))).flat();
  return [...new Set(events.flatMap((event) => (event.event === 'note' ? [event.text] : [])))];
}

/** Prints the results, from the files after the runner has ended. */
async function conclude(
  { file, plan }: RunnableExperiment,
  { only, goOn }: RunOptions,
  end: Ending,
  json: boolean,
): Promise<ExitCode> {
  const ready = await prepareAgain(file);
  const { experiment } = ready;
  const summary = await collectSummary(ready);
  const files = experimentFiles(experiment.runsFolder);
  for (const note of await teacherNotes(ready)) printMessage(`Teacher: ${note}`);
  if (json) printJson(summary);
  else print(...resultLines(summary));
  // The report may have been deleted.
  if (!existsSync(files.report)) await writeReports(ready);
  if (!json) print('', `Report: ${shownPath(files.report)}`);

  const added = goOn === true ? addedIds(plan.items, ready.plan.items) : [];
  const left = await missingOf(ready, only && [...only, ...added]);
  if (left.length === 0) return EXIT.done;
  const runs = left.filter((item) => item.kind === 'run' || item.kind === 'teacher');
  const states = await Promise.all(runs.map((item) => runStatus(absoluteFolder(experiment.root, item))));
  // Resume continues started runs only; run trains the others too.
  const verb = states.some(({ attempt }) => attempt === null) ? 'run' : 'resume';
  const again = `distillery ${verb} ${shownPath(file)}`;
  // Runs are stopped when their teacher fails; then the failure is the reason.
  const isTeacherFailed = states.some(({ status }, i) => status === 'failed' && runs[i]!.kind === 'teacher');
  // A runner that was ended at once leaves the request.
  const isStopped = end.stopped || stopRequested(experiment.runsFolder);
  if (isStopped || (!isTeacherFailed && states.some(({ status }) => status === 'stopped'))) {
    printMessage(
      `Stopped; ${plural(runs.length, 'run is', 'runs are')} not finished. Continue with: ${again}`,
    );
    return EXIT.stopped;
  }
  // A runner that ends normally deletes its lease.
  const gone = existsSync(files.runner) ? 'The runner process is no longer running.' : null;
  const failed = states.find((state) => state.status === 'failed')?.message;
  printMessage(
    gone ?? end.complaint ?? failed ?? 'The experiment is not complete.',
    `Try again with: ${again}`,
  );
  return EXIT.failed;
}

/** What the files do not say about how the runner ended. */
interface Ending {
  stopped: boolean;
  complaint: string | null;
}
