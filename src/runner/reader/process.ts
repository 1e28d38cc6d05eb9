import { fork } from 'node:child_process';
import { basename } from 'node:path';
import { UserError } from '../../config/errors';
import type { Reply, ReaderTask } from '../../data/process/message';
import { isOutOfMemory } from '../processExit';
import { thisNode } from '../node';
import { totalmem } from 'node:os';

/**
 * Does one task in a separate process, and ends that process in any case.
 *
 * @param files are named where it went wrong
 * @throws UserError where a file cannot be used, or the process ran into a limit, was ended or cancelled
 */
export async function askProcess(
  program: string,
  task: Omit<ReaderTask, 'memory'>,
  files: readonly string[],
  { memory, seconds }: Limits,
  signals: readonly AbortSignal[] = [],
): Promise<unknown> {
  const child = fork(program, [], {
    // Those of this process, such as a debugger's port, are not for it.
    execArgv: [],
    env: thisNode(process.env),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let timer: NodeJS.Timeout | undefined;
  let cancel: () => void = () => undefined;
  try {
    const reply = await new Promise<Reply>((resolve, reject) => {
      const fail = (message: string) => reject(new UserError(message));
      const said: Buffer[] = [];
      child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
      child.on('message', (message) => resolve(message as Reply));
      child.on('error', ({ message }) => fail(`${named(files)} could not be read: ${message}.`));
      child.on('close', (code, killed) => {
        const text = Buffer.concat(said).toString();
        if (isOutOfMemory(text)) resolve({ outcome: 'memory' });
        else fail(ended(files, killed ?? `code ${code}`, text));
      });
      timer = setTimeout(() => fail(tooSlow(files, seconds)), 1000 * seconds);
      cancel = () => fail(`Reading ${named(files)} was cancelled.`);
      for (const signal of signals) signal.addEventListener('abort', cancel);
      if (signals.some(({ aborted }) => aborted)) cancel();
      else child.send({ ...task, memory } satisfies ReaderTask);
    });
    if (reply.outcome === 'answer') return reply.answer;
    if (reply.outcome === 'problem') throw new UserError(reply.message, { setting: reply.setting });
    if (reply.outcome === 'memory') throw new UserError(tooLarge(files, memory));
    throw new Error(reply.message);
  } finally {
    clearTimeout(timer);
    for (const signal of signals) signal.removeEventListener('abort', cancel);
    child.kill('SIGKILL');
  }
}

/** The first by its path, the others by their names. */
function named([first = 'The data', ...more]: readonly string[]): string {
  return [first, ...more.map((file) => basename(file))].join(', ');
}

const tooLarge = (files: readonly string[], memory: number) =>
  `${named(files)} took more than ${(memory / 1e6).toFixed(0)} MB of memory to read, half of what there is, so reading was stopped. Give fewer examples, or save the inputs as a float32 NPY file, which is not read whole.`;

const tooSlow = (files: readonly string[], seconds: number) =>
  `${named(files)} could not be read within ${seconds} seconds, so reading was stopped. Copy the files to a local disk, give fewer examples, or save the inputs as a float32 NPY file.`;

function ended(files: readonly string[], how: string, text: string): string {
  const last = text.trim().split('\n').slice(-3).join('\n');
  return `${named(files)} could not be read: the process that read it ended (${how}). If nobody ended it, the machine may have no memory left. Try again with Refresh.${last === '' ? '' : `\n${last}`}`;
}

/** What a process that reads may take. */
export interface Limits {
  /** Bytes of memory, buffers and program together. */
  memory: number;
  seconds: number;
}

/** Training holds the data in memory as well: what takes more than half of it to read cannot be trained on either. */
const SHARE_OF_MEMORY = 0.5;
const SECONDS = 300;

/** Half of what this process may have (a container may have less than its machine), and five minutes. */
export function usualLimits(): Limits {
  const constrained = process.constrainedMemory?.() ?? 0;
  const there = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return { memory: SHARE_OF_MEMORY * there, seconds: SECONDS };
}
