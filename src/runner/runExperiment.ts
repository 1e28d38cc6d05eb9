import { basename } from 'node:path';
import { UserError } from '../config/errors';
import type { Reader } from '../data/reader';
import { experimentFiles, layout } from '../runs/layout';
import { removeLeftovers } from '../runs/leftovers';
import { acquireLease } from '../runs/lease';
import { prepare } from '../runs/prepare';
import { writeReports } from '../runs/reports';
import { clearStop } from '../runs/stop';
import { resolveEngine } from './engine';
import { trainerCount } from './runItems';
import { logInfo } from './log';
import type { RunnableExperiment } from './missingItems';
import { DEFAULT_GRACE, type RunnerOptions } from './options';
import { createSelfTest } from './selfTest';
import { runPlan } from './runPlan';
import { fastestNative } from './timing/fastest';
import { loadsOf } from './timing/loads';
import { timeLoads } from './timing/timeLoads';
import { Trainers } from './trainers';

export type RunnerResult = 'done' | 'failed' | 'stopped';
const SENTENCES: Record<RunnerResult, string> = {
  done: 'Done.',
  failed: 'Finished, but not everything is done.',
  stopped: 'Stopped.',
};

/**
 * Runs what is missing of an experiment: engine, teacher, soft targets, runs, and once all of them are
 * finished the test set; then writes summary and report. Holds the experiment's lease meanwhile.
 *
 * @throws UserError where nothing can be begun: config, data, a live runner, no engine, a disk that cannot be written
 */
export async function runExperiment(
  options: RunnerOptions,
  trainerPath: string,
  reader: Reader,
): Promise<RunnerResult> {
  const first = await prepareRunnable(options.experimentFile, reader);
  const { runsFolder } = first.experiment;
  const lease = await acquireLease(experimentFiles(runsFolder).runner, 1);
  clearStop(runsFolder);
  await removeLeftovers([runsFolder, first.experiment.teachersFolder, layout.cache(first.experiment.root)]);
  const command = { trainerPath, nodeArguments: [...(options.trainerArguments ?? [])] };
  const trainers = new Trainers(command, runsFolder, options.grace ?? DEFAULT_GRACE);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.on(signal, () => {
      logInfo(`${signal} received.`);
      trainers.stop();
    });
  try {
    const engine = await resolveEngine(first, options, createSelfTest(command, logInfo), async (numerics) =>
      fastestNative(numerics, {
        loads: loadsOf(first.plan),
        trainers: trainerCount(first.experiment, options, first.plan.drafts.size),
        time: (loads, wanted) => timeLoads(loads, wanted, command, first.experiment.root, logInfo),
        log: logInfo,
      }),
    );
    logInfo(`Engine: ${engine.numerics.engine}. ${engine.why}`);
    const begun = engine === first.engine ? first : await prepareRunnable(options.experimentFile, reader);
    const { complete, plan } = await runPlan(begun, engine, trainers, options);
    await writeReports({ ...begun, plan });
    const end = complete ? 'done' : trainers.isStopping() ? 'stopped' : 'failed';
    logInfo(SENTENCES[end]);
    return end;
  } finally {
    trainers.close();
    lease.release();
  }
}

async function prepareRunnable(file: string, reader: Reader): Promise<RunnableExperiment> {
  const prepared = await prepare(file, reader);
  const errors = prepared.diagnostics.filter((d) => d.severity === 'error');
  const { experiment, plan } = prepared;
  if (errors.length === 0 && experiment !== null && plan !== null) return { ...prepared, experiment, plan };
  const sentences = errors.map((d) => `${basename(d.file)}: ${d.message}`);
  throw new UserError(sentences.join('\n') || `${file} cannot be run, and no reason was found.`);
}
