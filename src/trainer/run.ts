import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { UserError } from '../config/errors';
import type { LoadedEngine } from '../engines/engine';
import { newestCheckpoint, pruneCheckpoints, writeCheckpoint } from '../runs/checkpoint';
import { openEvents } from '../runs/events';
import type { EventWriter } from '../runs/events';
import type { RunEvent } from '../runs/files';
import { readResult } from '../runs/folder';
import { formatJson, writeFirst } from '../runs/atomic';
import { runFiles } from '../runs/layout';
import { appendRung } from '../runs/rungs';
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
import { alone, type Surroundings } from './surroundings';
import { cachedTeacher, liveTeacher } from './teacher';
import type { Teacher } from './teacher';
import { train } from './train';
import { openTrained } from './trained';
import { loadTrainingData } from './trainingData';
import type { TrainingData } from './trainingData';
import { meter, UNUSED } from './usage';

export type Outcome = 'finished' | 'paused' | 'stopped' | 'failed';

export interface Options {
  /** Pause at this step, where successive halving compares runs; to the end where absent. */
  until?: number | undefined;
  /** Makes what is asked before each step: whether to stop. */
  watch?: typeof stopWatch;
  surroundings?: Surroundings;
}

/**
 * Trains one run, from its start or its newest checkpoint; a finished one is left as it is.
 *
 * @throws UserError where there is no run, or another process is at it
 */
export async function trainRun(
  folder: string,
  { until, watch = stopWatch, surroundings = alone }: Options = {},
): Promise<Outcome> {
  const open = await openRun(folder);
  const files = runFiles(open.folder);
  if ((await readResult(open.folder)).value) return 'finished';
  const lease = await acquireLease(files.lease, ((await listAttempts(open.folder)).at(-1) ?? 0) + 1);
  const events = openEvents(open.folder);
  const clock = { step: 0 };
  try {
    const stopRequested = watch(open.folder, open.run.kind);
    const status = await attempt(open, events, clock, { until, stopRequested, surroundings });
    end(
      events,
      clock.step,
      status,
      null,
      status === 'stopped' ? 'stop' : status === 'paused' ? 'rung' : null,
    );
    return status;
  } catch (error) {
    const { message, cause } = explain(error, clock.step);
    surroundings.log.complain(error instanceof UserError ? message : ((error as Error).stack ?? message));
    end(events, clock.step, 'failed', message, cause);
    return 'failed';
  } finally {
    lease.release();
    events.close();
  }
}

type End = RunEvent & { event: 'end' };

function end(
  events: EventWriter,
  step: number,
  status: Outcome,
  message: string | null,
  cause: End['cause'],
) {
  const sentences: Partial<Record<Outcome, string>> = {
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

async function attempt(
  open: OpenRun,
  events: EventWriter,
  clock: { step: number },
  {
    until,
    stopRequested,
    surroundings,
  }: { until: number | undefined; stopRequested: () => Promise<boolean>; surroundings: Surroundings },
): Promise<Outcome> {
  const { folder, run, root } = open;
  if (run.ensemble) return formEnsemble(open, events);
  const { makeStepper, loadData, log } = surroundings;
  const { say } = log;
  const engine = await engineOf(open);
  const whole = await loadTrainingData(run, root, loadData);
  keepNormalization(open, whole.preprocessor);
  const { data, network } = run.specialist
    ? await beginSpecialist(open, whole)
    : { data: whole, network: await firstNetwork(open) };
  const teacher = await teacherOf(open, engine, data, surroundings);
  const checkpoint = newestCheckpoint(folder);
  const from = checkpoint && fromCheckpoint(checkpoint);
  const used = meter(from?.usage ?? UNUSED, surroundings.clock);
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
  say(
    `${titleOf(run)}: step ${clock.step} of ${run.steps}, ${network.size.parameters} parameters, engine ${run.numerics.engine}.`,
  );
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
        // Whoever goes on from it has all that came before it, however this process ends.
        events.flush();
        const file = writeCheckpoint(folder, toCheckpoint(position, selected, network, used()));
        pruneCheckpoints(folder);
        kept = Date.now();
        events.write({ event: 'checkpoint', time: Date.now(), step: position.step, file, selected });
      },
      checkpointDue: () => Date.now() - kept >= surroundings.checkpointEvery,
      rung: (result) => appendRung(folder, result),
      stopRequested,
      say,
    },
  );
  clock.step = trained.step;
  say(`${trained.status} at step ${trained.step}, after ${used().seconds.toFixed(1)} s of training.`);
  if (trained.status === 'finished')
    await finish({ open, engine, data, network, trained, attempt: events.attempt, usage: used(), say });
  network.dispose();
  teacher?.dispose();
  data.train.close();
  return trained.status;
}

async function teacherOf(
  { run, root }: OpenRun,
  engine: LoadedEngine,
  data: TrainingData,
  { openSoftTargets, log }: Surroundings,
): Promise<Teacher | null> {
  if (run.teacher === null || run.softTargets === 'none') return null;
  const folder = resolve(root, run.teacher.folder);
  if (run.softTargets === 'live') {
    const sizes = [...new Batches(run, data).sizes, ...chunkSizes(data.validation.count)];
    const teacher = await openRun(folder);
    return liveTeacher(await openTrained(teacher, engine, sizes, log.say, data.preprocessor), data);
  }
  const key = await softTargetsKey(run, { identity: run.teacher.identity, folder });
  const softTargets = openSoftTargets(root, key, data, run.topK);
  if (softTargets === null)
    throw new UserError(
      `The soft targets of the teacher ${run.teacher.name} are not extracted yet: do that first.`,
    );
  return cachedTeacher(softTargets, data);
}
