import { spawn } from 'node:child_process';
import { THREADS } from '../engines/threads';
import { thisNode, type NodeRuntime } from './node';
import { eachLine } from './lines';
import type { ProcessExit } from './processExit';
import { killTree } from './processTree';
import { dependencies, version } from '../../package.json';

/** How a trainer is called: `node <arguments> trainer.js …`. */
export interface TrainerCommand {
  trainerPath: string;
  /** For Node itself, e.g. --max-old-space-size=8192. */
  nodeArguments: string[];
  /** How many threads it may compute on, where it can on more than one. */
  threads?: number;
  /** The Node that it runs on, where that is not this process's own. */
  runtime?: Pick<NodeRuntime, 'path' | 'environment'>;
}

export interface TrainerProcess {
  readonly pid: number;
  /** Never rejects: a process that could not be started is an ending too. */
  readonly ended: Promise<ProcessExit>;
  kill(): Promise<void>;
}

/** Lines of stderr to keep: enough for V8's report on a full heap. */
const KEPT_LINES = 60;

/**
 * Starts a trainer in a process group of its own, so that its whole tree can be ended.
 *
 * @param write takes each line that it prints, truncated
 */
export function startTrainer(
  command: TrainerCommand,
  args: readonly string[],
  write: (line: string, from: 'stdout' | 'stderr') => void,
): TrainerProcess {
  const { path, environment } = command.runtime ?? {
    path: process.execPath,
    environment: thisNode(process.env),
  };
  const child = spawn(path, [...command.nodeArguments, command.trainerPath, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // The user's own setting takes precedence.
    env: { ...(command.threads !== undefined && { [THREADS]: String(command.threads) }), ...environment },
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const stderr: string[] = [];
  const printed = Promise.all([
    eachLine(child.stdout, (line) => write(line, 'stdout')),
    eachLine(child.stderr, (line) => {
      stderr.push(line);
      if (stderr.length > KEPT_LINES) stderr.shift();
      write(line, 'stderr');
    }),
  ]).catch(() => undefined);
  const ended = new Promise<ProcessExit>((resolve) => {
    child.on('error', (error) => resolve({ code: 1, signal: null, stderr: [error.message] }));
    // A grandchild may hold the pipes open for ever: what it prints is read for a moment more, and no longer.
    child.on('exit', (code, signal) => {
      const patience = setTimeout(() => child.stdout.destroy() && child.stderr.destroy(), 1_000);
      void printed.then(() => {
        clearTimeout(patience);
        resolve({ code, signal, stderr });
      });
    });
  });
  const pid = child.pid ?? 0;
  return { pid, ended, kill: async () => (pid > 0 ? killTree(pid) : undefined) };
}

/** The versions in every run.json. */
export const trainerVersions = { distillery: version, tensorflow: dependencies['@tensorflow/tfjs-core'] };
