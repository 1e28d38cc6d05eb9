import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Stage } from '../runner/stage';

export interface Answer {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A command in progress: what it has printed so far, and its end. */
export interface Command {
  child: ChildProcess;
  stderr: () => string;
  ended: Promise<Answer>;
}

/** The command line as somebody types it in the root of a stage. */
export function type(programs: string, stage: Stage, ...args: string[]): Command {
  const child = spawn(process.execPath, [join(programs, 'cli.js'), ...args], {
    cwd: stage.root,
    env: { ...stage.environment, NO_COLOR: '1' },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const ended = new Promise<Answer>((resolve) =>
    child.on('close', (code) => resolve({ code, stdout, stderr })),
  );
  return { child, stderr: () => stderr, ended };
}
