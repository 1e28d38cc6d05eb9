import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { UserError } from '../config/errors';
import { tableLines } from '../config/table';
import type { LoadedEngine } from '../engines/engine';
import { newestCheckpoint, pruneCheckpoints, writeCheckpoint } from '../runs/checkpoint';
import { openEvents } from '../runs/events';
import type { EventWriter } from '../runs/events';
import type { RunEvent } from '../runs/files';
import { readResult } from '../runs/folder';
import { formatJson, writeFirst } from '../runs/atomic';
import { runFiles } from '../runs/layout';
import { removeLeftovers } from '../runs/leftovers';
import { appendRung } from '../runs/jsonLines';
import { acquireLease } from '../runs/lease';
import { listAttempts } from '../runs/tail';
import { fromCheckpoint, toCheckpoint } from './checkpoints';
import { explain } from './failures';
import { Batches } from './batches';
import { chunkSizes } from './chunks';
import { formEnsemble } from './ensemble';
import { finish } from './finish';
import { keepNormalization } from './normalizationFile';
import { engineOf, firstNetwork, objectiveOf, openRun, titleOf } from './openRun';
import type { OpenRun } from './openRun';
import { probesFile, chooseProbes } from './probes';
import { softTargetsKey } from './softTargets';
import { beginSpecialist } from './specialist';
import { stopWatch } from './stopping';
import { ownContext, type RunContext } from './runContext';
import { cachedTeacher, liveTeacher } from './teacher';
import type { Teacher } from './teacher';
import { train } from './train';
import { resolveOutputs } from './resolveOutputs';
import { openTrained } from './trained';
import { loadTrainingData } from './trainingData';
import type { TrainingData } from './trainingData';
import { startMeter, NO_USAGE } from './usage';

export type RunOutcome = 'finished' | 'paused' | 'stopped' | 'failed';

export interface TrainOptions {
  /** Pause at this step, where successive halving compares runs; to the end where absent. */
  until?: number | undefined;
  /** Makes what is asked before each step: whether to stop. */
  watch?: typeof stopWatch;
  context?: RunContext;
}

/**
 * Trains one run, from its start or its newest checkpoint; a finished one is left as it is.
 *
 * @throws UserError where there is no run, or another process is at it
 */
export async function trainRun(
  folder: string,
  { until, watch = stopWatch, context = ownContext }: TrainOptions = {},
): Promise<RunOutcome> {
  const open = await openRun(folder);
  const files = runFiles(open.folder);
  if ((await readResult(open.folder)).value) return 'finished';
  const lease = await acquireLease(files.lease, ((await listAttempts(open.folder)).at(-1) ?? 0) + 1);
  await removeLeftovers([open.folder]);
  const events = openEvents(open.folder);
  const clock = { step: 0 };
  try {
    const stopRequested = watch(open.folder, open.run.kind);
    const status = await trainOpenRun(open, events, clock, { until, stopRequested, context });
    writeEnd(
      events,
      clock.step,
      status,
      null,
      status === 'stopped' ? 'stop' : status === 'paused' ? 'rung' : null,
    );
    return status;
  } catch (error) {
    const { message, cause } = explain(error, clock.step);
    context.log.error(error instanceof UserError ? message : ((error as Error).stack ?? message));
    writeEnd(events, clock.step, 'failed', message, cause);
    return 'failed';
  } finally {
    lease.release();
    events.close();
  }
}

type End = RunEvent & { event: 'end' };

function writeEnd(
  events: EventWriter,
  step: number,
  status: RunOutcome,
  message: string | null,
  cause: End['cause'],
) {
  const sentences: Partial<Record<RunOutcome, string>> = {
    stopped: `Stopped at step ${step}, as asked.`,
    paused: `Paused at step ${step}, where successive halving compares the cells.`,
  };
  events.write({
    event: 'end',
    time: Date.now(),
    step,
    status: status === 'paused' ? 'stopped' : status,
    message: message ?? sentences[status] ?? null,
    cause,
  });
}

interface Conditions {
  until: number | undefined;
  stopRequested: () => Promise<boolean>;
  context: RunContext;
}

async function trainOpenRun(
  open: OpenRun,
  events: EventWriter,
  clock: { step: number },
  conditions: Conditions,
): Promise<RunOutcome> {
  const { run, root } = open;
  if (run.ensemble) return formEnsemble(open, events);
  const engine = await engineOf(open);
  const whole = await loadTrainingData(run, root, conditions.context.loadData);
  keepNormalization(open, whole.preprocessor);
  const closing = [() => whole.train.close()];
  try {
    return await trainOn(whole, engine, open, events, clock, conditions, closing);
  } finally {
    for (const close of closing) close();
  }
}

/** @param closing what is to be closed when it has ended, in whatever way */
async function trainOn(
  whole: TrainingData,
  engine: LoadedEngine,
  open: OpenRun,
  events: EventWriter,
  clock: { step: number },
  { until, stopRequested, context }: Conditions,
  closing: (() => void)[],
): Promise<RunOutcome> {
  const { folder, run } = open;
  const { makeStepper, log } = context;
  const { data, network } = run.specialist
    ? await beginSpecialist(open, whole)
    : { data: whole, network: await firstNetwork(open) };
  const teacher = await teacherOf(open, engine, data, context);
  if (teacher) closing.push(() => teacher.dispose());
  const checkpoint = newestCheckpoint(folder);
  const from = checkpoint && fromCheckpoint(checkpoint);
  const used = startMeter(from?.usage ?? NO_USAGE, context.clock);
  clock.step = from?.position.step ?? 0;

  events.write({
    event: 'start',
    time: Date.now(),
    attempt: events.attempt,
    pid: process.pid,
    host: hostname(),
    step: clock.step,
    parameters: network.size.parameters,
  });
  log.info(
    `${titleOf(run)}: step ${clock.step} of ${run.steps}, ${network.size.parameters} parameters, engine ${run.numerics.engine}.`,
  );
  if (run.data.table) for (const line of tableLines(run.data.table)) log.info(`Data: ${line}.`);
  const note = (text: string) => {
    log.info(text);
    events.write({ event: 'note', time: Date.now(), step: clock.step, text });
  };
  (await resolveOutputs(open, engine, network, data)).forEach(note);
  const chosen = chooseProbes(data.validation.labels, teacher?.validation ?? null, data.classes.length);
  writeFirst(runFiles(folder).probes, formatJson(probesFile(data, chosen, teacher?.validation ?? null)));

  const objective = objectiveOf(open);
  let kept = Date.now();
  const trained = await train(
    { engine, run, data, network, teacher, objective, from: from?.position ?? null, until, makeStepper },
    {
      event(event) {
        clock.step = event.step;
        events.write({ time: Date.now(), ...event });
      },
      checkpoint(position, selected) {
        // Events before a checkpoint must be on disk before it, however this process ends.
        events.flush();
        const file = writeCheckpoint(folder, toCheckpoint(position, selected, network, used()));
        pruneCheckpoints(folder);
        kept = Date.now();
        events.write({ event: 'checkpoint', time: Date.now(), step: position.step, file, selected });
      },
      checkpointDue: () => Date.now() - kept >= context.checkpointEvery,
      rung: (result) => appendRung(folder, result),
      stopRequested,
      log: log.info,
    },
  );
  clock.step = trained.step;
  log.info(`${trained.status} at step ${trained.step}, after ${used().seconds.toFixed(1)} s of training.`);
  if (trained.status === 'finished')
    await finish({
      open,
      engine,
      data,
      network,
      trained,
      attempt: events.attempt,
      usage: used(),
      trainedTogether: context.trainedTogether,
      log: log.info,
      note,
    });
  network.dispose();
  return trained.status;
}

async function teacherOf(
  { run, root }: OpenRun,
  engine: LoadedEngine,
  data: TrainingData,
  { openSoftTargets, log }: RunContext,
): Promise<Teacher | null> {
  if (run.teacher === null || run.softTargets === 'none') return null;
  const folder = resolve(root, run.teacher.folder);
  if (run.softTargets === 'live') {
    const sizes = [...new Batches(run, data).sizes, ...chunkSizes(data.validation.count)];
    const teacher = await openRun(folder);
    return liveTeacher(await openTrained(teacher, engine, sizes, log.info, data.preprocessor), data);
  }
  const key = await softTargetsKey(run, { identity: run.teacher.identity, folder });
  const softTargets = openSoftTargets(root, key, data, run.topK);
  if (softTargets === null)
    throw new UserError(
      `The soft targets of the teacher ${run.teacher.name} are not extracted yet: extract them first.`,
    );
  return cachedTeacher(softTargets, data);
}
