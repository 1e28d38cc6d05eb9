import { setTimeout as sleep } from 'node:timers/promises';
import { newestCheckpoint } from '../runs/checkpoint';
import { appendEnd } from '../runs/events';
import type { EngineFile, PlanItem } from '../runs/files';
import { absoluteFolder, createRun } from '../runs/folder';
import { runFiles } from '../runs/layout';
import { readLease } from '../runs/lease';
import { isAlive } from '../runs/liveness';
import { runStatus } from '../runs/status';
import { clearStop } from '../runs/stop';
import { listAttempts } from '../runs/tail';
import { logInfo } from './log';
import { isTrained, type RunnableExperiment } from './missingItems';
import { explainExit, type ExitExplanation } from './processExit';
import { createFileLog } from './log';
import type { TrainerExit, Trainers } from './trainers';
import { trainerVersions } from './process';

/** What running a plan item needs. */
export interface WorkContext extends Pick<RunnableExperiment, 'experiment' | 'plan'> {
  engine: EngineFile;
  trainers: Trainers;
}

/**
 * Trains a teacher or a student, unless it is finished; where another process is at it (a teacher of two experiments), waits
 * for that one first. If a trainer ends without an `end` event, this writes one.
 *
 * @returns whether the run is finished, or as far as it is to be trained now
 */
export async function train(item: PlanItem, context: WorkContext): Promise<boolean> {
  const { trainers } = context;
  for (;;) {
    const begun = await beginAttempt(item, context);
    if (typeof begun === 'boolean') return begun;
    const { folder, log } = begun;
    const ending = await trainers.run(['train', ...untilOf(item), folder], folder, log);
    const trained = await endAttempt(begun, ending, context);
    if (trained !== null) return trained;
  }
}

/** The next attempt of a run, with its folder ready. */
export interface Attempt {
  item: PlanItem;
  folder: string;
  attempt: number;
  /** Takes a line for the log of the attempt. */
  log: (line: string) => void;
}

/** Prepares a run's folder; true if it is trained already, false if it must not start because of a stop. */
export async function beginAttempt(item: PlanItem, context: WorkContext): Promise<Attempt | boolean> {
  const { experiment, plan, engine, trainers } = context;
  const folder = absoluteFolder(experiment.root, item);
  await waitForOthers(item.id, folder, trainers);
  if (await isTrained(experiment.root, item)) return true;
  if (trainers.isStopping()) return false;
  const draft = plan.drafts.get(item.id);
  if (draft === undefined) throw new Error(`The plan has no run for ${item.id}.`);
  await createRun(folder, draft, engine.numerics, trainerVersions);
  clearStop(folder);
  const attempt = ((await listAttempts(folder)).at(-1) ?? 0) + 1;
  logInfo(`${item.id}: attempt ${attempt} starts.`);
  return { item, folder, attempt, log: createFileLog(runFiles(folder).log(attempt)) };
}

/** Logs how an attempt ended. Returns whether the run is trained as far as planned; null if another process trains it. */
export async function endAttempt(
  { item, folder, attempt }: Attempt,
  ending: TrainerExit,
  { experiment, trainers }: WorkContext,
): Promise<boolean | null> {
  const { status, attempt: newest } = await runStatus(folder);
  if (await isTrained(experiment.root, item)) {
    logInfo(`${item.id}: ${status}.`);
    return true;
  }
  // Another process took the run first.
  if (await isRunHeld(folder)) return null;
  const said = newest === attempt && (status === 'failed' || status === 'stopped');
  if (!said) await writeMissingEnd(folder, attempt, ending, trainers.grace);
  const { message, status: end } = await runStatus(folder);
  logInfo(`${item.id}: ${end}. ${message ?? ''}`);
  return false;
}

/** The trainer's arguments for how far an item is to be trained. */
export const untilOf = ({ until }: PlanItem): string[] => (until === undefined ? [] : [`--until=${until}`]);

async function isRunHeld(folder: string): Promise<boolean> {
  const lease = await readLease(runFiles(folder).lease);
  return lease !== null && (await isAlive(lease));
}

async function waitForOthers(id: string, folder: string, trainers: Trainers): Promise<void> {
  if (await isRunHeld(folder)) logInfo(`${id}: another process is training it; waiting for it to end.`);
  while (!trainers.isStopping() && (await isRunHeld(folder))) await sleep(300);
}

/** Writes the `end` event of a trainer that ended without one. */
async function writeMissingEnd(
  folder: string,
  attempt: number,
  ending: TrainerExit,
  grace: number,
): Promise<void> {
  const step = (await runStatus(folder)).step ?? 0;
  const checkpoint = newestCheckpoint(folder)?.step ?? null;
  const stopped = {
    cause: 'stop' as const,
    message: `Stopped: it did not answer within ${grace} s, so its process was ended.${checkpoint === null ? '' : ` The checkpoint of step ${checkpoint} is kept.`}`,
  };
  const outcome: ExitExplanation | typeof stopped = ending.killed
    ? stopped
    : explainExit(ending, { step, checkpoint });
  appendEnd(folder, attempt, {
    event: 'end',
    time: Date.now(),
    step,
    status: ending.killed ? 'stopped' : 'failed',
    ...outcome,
  });
}
