import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../config/errors';
import { readExperiment } from '../config/read';
import { explainDisk } from '../runs/atomic';
import { leaseSchema } from '../runs/files';
import { experimentFiles } from '../runs/layout';
import { lastLoggedError, lastLines, logSize } from './log';
import { chooseNode } from './node';
import { toArguments, type RunnerOptions } from './options';

export interface StartOptions extends RunnerOptions {
  /** Absolute path of dist/runner.js; trainer.js is in the same folder. */
  runnerPath: string;
  /** The Node to run on; empty or absent: the one on the PATH, else this process's own. */
  nodePath?: string | undefined;
  trainerEnvironment?: Readonly<Record<string, string>> | undefined;
}

export interface StartedRunner {
  pid: number;
  /** The experiment's folder of runs. */
  folder: string;
  /** For a log: the command line, and which Node it is and why. */
  command: string;
  why: string;
  /** What it complained of, once it has ended; null where it was done or stopped. For as long as this process is there. */
  error: Promise<string | null>;
}

/**
 * Starts the runner of an experiment as a process that outlives this one, and waits until it holds the experiment's lease.
 *
 * @throws UserError with the sentence that the runner ended with: a config that cannot be used, a live runner, a full disk
 */
export async function startRunner(options: StartOptions): Promise<StartedRunner> {
  const node = await chooseNode(options.nodePath);
  const { experiment, diagnostics } = readExperiment(options.experimentFile);
  if (experiment === null)
    throw new UserError(
      diagnostics.find((d) => d.severity === 'error')?.message ?? `${options.experimentFile} cannot be read.`,
    );
  const files = experimentFiles(experiment.runsFolder);
  const log = openLog(files.runnerLog);
  const args = [
    options.runnerPath,
    ...toArguments({ ...options, experimentFile: resolve(options.experimentFile) }),
  ];
  const child = spawn(node.path, args, {
    cwd: experiment.root,
    detached: true,
    stdio: ['ignore', log.descriptor, log.descriptor],
    env: { ...node.environment, ...options.trainerEnvironment },
    windowsHide: true,
  });
  closeSync(log.descriptor);
  const fate: { end: { code: number | null; sentence: string } | null } = { end: null };
  const error = new Promise<string | null>((resolve) => {
    child.on(
      'error',
      ({ message }) => (fate.end = { code: 1, sentence: `The runner did not start: ${message}.` }),
    );
    child.on('exit', (code, signal) => {
      const how = `The runner ended at once (${signal ?? `code ${code}`}).`;
      const said = lastLoggedError(files.runnerLog, log.size);
      fate.end = { code, sentence: said ?? `${how}\n${lastLines(files.runnerLog, log.size)}` };
      resolve(code === 1 ? said : null);
    });
  });
  child.unref();
  while (fate.end === null && holder(files.runner) !== child.pid) await sleep(20);
  // Where nothing is missing the runner may be done before its lease is seen: that is no failure.
  if (fate.end !== null && fate.end.code !== 0) throw new UserError(fate.end.sentence);
  return {
    pid: child.pid ?? 0,
    folder: experiment.runsFolder,
    command: [node.path, ...args].join(' '),
    why: node.why,
    error,
  };
}

function openLog(file: string): { descriptor: number; size: number } {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const descriptor = openSync(file, 'a');
    return { descriptor, size: logSize(file) };
  } catch (error) {
    throw explainDisk(error, file);
  }
}

function holder(leaseFile: string): number | null {
  try {
    return leaseSchema.parse(JSON.parse(readFileSync(leaseFile, 'utf8'))).pid;
  } catch {
    return null;
  }
}
