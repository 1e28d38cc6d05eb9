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
import { writeReports } from '../runs/reports';
import { runStatus } from '../runs/status';
import { engineConflict } from '../runner/engine';
import { lastLoggedError, logSize } from '../runner/log';
import { missingItems, type RunnableExperiment } from '../runner/missingItems';
import type { RunnerOptions } from '../runner/options';
import { startRunner } from '../runner/start';
import { addedIds, withPrerequisites } from '../runner/schedule';
import { isRunning } from '../runner/stop';
import { shownPath } from './diagnostics';
import { prepareAgain } from './experiment';
import { EXIT, UsageError, type ExitCode } from './exit';
import { follow } from './follow';
import { StopKey } from './interrupt';
import { print, printJson, tell } from './output';
import { progressView, type ProgressView } from './progressView';
import { resultLines } from './resultLines';

export type RunOptions = Omit<RunnerOptions, 'experimentFile'>;

/** Gets an experiment done, or follows who is at it already; shows how it goes and what came out. */
export async function runAndShow(
  ready: RunnableExperiment,
  options: RunOptions,
  json: boolean,
): Promise<ExitCode> {
  const { experiment } = ready;
  const view = progressView(process.stderr);
  const key = new StopKey(experiment, (line) => view.say(line));
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
    view.say(`${experiment.name} is running already: following it.`);
    return true;
  }
  const conflict = engineConflict(experiment, engine, options.engine);
  if (conflict !== null && options.retrainOn === undefined) throw new UsageError(conflict);
  const unknown = options.only?.find((id) => !ready.plan.items.some((item) => item.id === id));
  if (unknown !== undefined)
    throw new UsageError(`The plan has no item "${unknown}". distillery plan lists what it has.`);
  const toDo = options.retrainOn === undefined ? await wantedOf(ready, options.only) : ready.plan.items;
  if (toDo.length === 0) {
    const what = options.only === undefined ? 'Nothing' : 'Nothing of what is asked for';
    view.say(`${what} is missing in ${experiment.name}: nothing is trained.`);
    return false;
  }
  const trainings = toDo.filter((item) => item.kind === 'run' || item.kind === 'teacher').length;
  const whole = options.only === undefined && options.retrainOn === undefined;
  view.say(
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
    // Somebody else pressed Run in the same second.
    if (!(error instanceof UserError && (await isRunning(experiment)))) throw error;
    view.say(`${experiment.name} is running already: following it.`);
  }
  return true;
}

function trainersOf({ experiment }: RunnableExperiment, { parallelism }: RunOptions): number {
  const most = parallelism ?? experiment.parallelism;
  return most === 'auto' ? availableParallelism() : most;
}

/** What is asked for and missing. Soft targets are a means: they are missed by runs only. */
async function wantedOf(ready: RunnableExperiment, only: RunOptions['only']): Promise<PlanItem[]> {
  const missing = await missingItems(ready);
  const wanted = only === undefined ? missing : withPrerequisites(missing, only);
  return wanted.filter((item) => item.kind !== 'softTargets');
}

/** What came out, from the files as they stand when the runner has ended. */
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
  if (json) printJson(summary);
  else print(...resultLines(summary));
  // It can be deleted, and is made again.
  if (!existsSync(files.report)) await writeReports(ready);
  if (!json) print('', `Report: ${shownPath(files.report)}`);

  const added = goOn === true ? addedIds(plan.items, ready.plan.items) : [];
  const left = await wantedOf(ready, only && [...only, ...added]);
  if (left.length === 0) return EXIT.done;
  const runs = left.filter((item) => item.kind === 'run' || item.kind === 'teacher');
  const states = await Promise.all(runs.map((item) => runStatus(absoluteFolder(experiment.root, item))));
  // Resume goes on with what was begun; run does the rest too.
  const verb = states.some(({ attempt }) => attempt === null) ? 'run' : 'resume';
  const again = `distillery ${verb} ${shownPath(file)}`;
  // Scratch is stopped where its teacher failed: why is the teacher’s to say.
  const isTeacherFailed = states.some(({ status }, i) => status === 'failed' && runs[i]!.kind === 'teacher');
  if (end.stopped || (!isTeacherFailed && states.some(({ status }) => status === 'stopped'))) {
    tell(`Stopped; ${plural(runs.length, 'run is', 'runs are')} not finished. Go on with: ${again}`);
    return EXIT.stopped;
  }
  // A runner that ends by itself takes its lease along.
  const gone = existsSync(files.runner) ? 'The runner’s process is gone.' : null;
  const failed = states.find((state) => state.status === 'failed')?.message;
  tell(gone ?? end.complaint ?? failed ?? 'Not everything was done.', `Try again with: ${again}`);
  return EXIT.failed;
}

/** How the runner ended, as far as its files do not tell. */
interface Ending {
  stopped: boolean;
  complaint: string | null;
}
