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
import { say } from './log';
import { isTrained, type Ready } from './missing';
import { explainEnding, type Outcome } from './outcome';
import { appendTo } from './runLog';
import type { TrainerEnding, Trainers } from './trainers';
import { versions } from './versions';

/** Everything that an item of a plan needs to be done. */
export interface Work extends Pick<Ready, 'experiment' | 'plan'> {
  engine: EngineFile;
  trainers: Trainers;
}

/**
 * Trains a teacher or a student, unless it is finished; where another process is at it (a teacher of two experiments), waits
 * for that one first. A trainer that ends without a word gets its `end` event from here.
 *
 * @returns whether the run is finished, or as far as it is to be trained now
 */
export async function train(item: PlanItem, work: Work): Promise<boolean> {
  const { trainers } = work;
  for (;;) {
    const begun = await begin(item, work);
    if (typeof begun === 'boolean') return begun;
    const { folder, log } = begun;
    const ending = await trainers.run(['train', ...untilOf(item), folder], folder, log);
    const trained = await conclude(begun, ending, work);
    if (trained !== null) return trained;
  }
}

/** A run whose next attempt has its folder ready. */
export interface Begun {
  item: PlanItem;
  folder: string;
  attempt: number;
  /** Takes a line for the log of the attempt. */
  log: (line: string) => void;
}

/** Makes a run's folder ready; true where it is trained already, false where it is not to be begun any more. */
export async function begin(item: PlanItem, work: Work): Promise<Begun | boolean> {
  const { experiment, plan, engine, trainers } = work;
  const folder = absoluteFolder(experiment.root, item);
  await othersAreDone(item.id, folder, trainers);
  if (await isTrained(experiment.root, item)) return true;
  if (trainers.isStopping()) return false;
  const draft = plan.drafts.get(item.id);
  if (draft === undefined) throw new Error(`The plan has no run for ${item.id}.`);
  await createRun(folder, draft, engine.numerics, versions);
  clearStop(folder);
  const attempt = ((await listAttempts(folder)).at(-1) ?? 0) + 1;
  say(`${item.id}: attempt ${attempt} begins.`);
  return { item, folder, attempt, log: appendTo(runFiles(folder).log(attempt)) };
}

/** Says how an attempt ended: whether it trained as far as it was to; null where another process was faster and is at it. */
export async function conclude(
  { item, folder, attempt }: Begun,
  ending: TrainerEnding,
  { experiment, trainers }: Work,
): Promise<boolean | null> {
  const { status, attempt: newest } = await runStatus(folder);
  if (await isTrained(experiment.root, item)) {
    say(`${item.id}: ${status}.`);
    return true;
  }
  // Somebody else was faster, and this one stepped back.
  if (await isHeld(folder)) return null;
  const said = newest === attempt && (status === 'failed' || status === 'stopped');
  if (!said) await sayFor(folder, attempt, ending, trainers.grace);
  const { message, status: end } = await runStatus(folder);
  say(`${item.id}: ${end}. ${message ?? ''}`);
  return false;
}

/** What to tell a trainer of how far an item is to be trained. */
export const untilOf = ({ until }: PlanItem): string[] => (until === undefined ? [] : [`--until=${until}`]);

async function isHeld(folder: string): Promise<boolean> {
  const lease = await readLease(runFiles(folder).lease);
  return lease !== null && (await isAlive(lease));
}

async function othersAreDone(id: string, folder: string, trainers: Trainers): Promise<void> {
  if (await isHeld(folder)) say(`${id}: another process is at it; waiting for its end.`);
  while (!trainers.isStopping() && (await isHeld(folder))) await sleep(300);
}

/** Writes the `end` event that a trainer did not live to write. */
async function sayFor(folder: string, attempt: number, ending: TrainerEnding, grace: number): Promise<void> {
  const step = (await runStatus(folder)).step ?? 0;
  const checkpoint = newestCheckpoint(folder)?.step ?? null;
  const stopped = {
    cause: 'stop' as const,
    message: `Stopped: it did not answer within ${grace} s, so its process was ended.${checkpoint === null ? '' : ` The checkpoint of step ${checkpoint} is kept.`}`,
  };
  const outcome: Outcome | typeof stopped = ending.killed
    ? stopped
    : explainEnding(ending, { step, checkpoint });
  appendEnd(folder, attempt, {
    event: 'end',
    time: Date.now(),
    step,
    status: ending.killed ? 'stopped' : 'failed',
    ...outcome,
  });
}
