import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { UserError } from '../../config/errors';
import { codeOf } from '../../runs/atomic';
import { eachLine } from '../lines';
import { killTree } from '../processTree';
import { SetUpCancelled, diskFull, saysDiskFull, mostTellingLine } from './failures';
import type { CommandStage } from './stage';

export interface CommandContext {
  /** The folder that is being set up. */
  folder: string;
  /** Where programs put what they have not finished. */
  temporary: string;
  environment: NodeJS.ProcessEnv;
  signal: AbortSignal;
  log: (line: string) => void;
  /** For the sentence on a full disk. */
  spaceBytes: number;
}

/** So many of a program's lines are looked at for what went wrong. */
const KEPT_LINES = 200;
/** What cmd.exe ends with where it knows no such program. */
const UNKNOWN_TO_CMD = 9009;

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Runs the first of a stage's programs that is there. @throws UserError where none is, it fails, or is cancelled */
export async function runCommand(stage: CommandStage, context: CommandContext): Promise<void> {
  for (const program of stage.programs) {
    if (context.signal.aborted) throw new SetUpCancelled('Cancelled.');
    context.log(`$ ${[program, ...stage.args.map(shown)].join(' ')}`);
    const lines: string[] = [];
    const code = await exitCode(program, stage.args, context, (line) => {
      context.log(line);
      if (lines.push(line) > KEPT_LINES) lines.shift();
    });
    if (context.signal.aborted) throw new SetUpCancelled('Cancelled.');
    if (code === 0) return;
    if (code === 'missing') continue;
    if (saysDiskFull(lines)) throw diskFull(context.folder, context.spaceBytes);
    throw new UserError(`${stage.failed} (${mostTellingLine(lines)}). ${stage.advice}`);
  }
  throw new UserError(stage.missing);
}

/** Ends with its whole tree when it is cancelled; by the time that this answers, nothing of it is left. */
async function exitCode(
  program: string,
  args: readonly string[],
  { folder, environment, signal }: CommandContext,
  take: (line: string) => void,
): Promise<number | 'missing'> {
  const windows = process.platform === 'win32';
  const child: Child = spawn(program, args, {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: !windows,
    // On Windows npm is a script of cmd.exe.
    shell: windows,
    windowsHide: true,
  });
  const kill = () => void (child.pid !== undefined && killTree(child.pid));
  signal.addEventListener('abort', kill);
  if (signal.aborted) kill();
  try {
    const [code] = await Promise.all([
      ended(child),
      eachLine(child.stdout, take),
      eachLine(child.stderr, take),
    ]);
    return code === UNKNOWN_TO_CMD ? 'missing' : code;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'missing';
    throw error;
  } finally {
    signal.removeEventListener('abort', kill);
  }
}

const ended = (child: Child) =>
  new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });

/** A program that is passed as an argument (of Python) is shortened to its first words. */
const shown = (argument: string) =>
  argument.includes('\n') ? `'${argument.trim().split('\n')[0]}…'` : argument;
