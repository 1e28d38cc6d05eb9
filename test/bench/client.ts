import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { root, type Contender } from './contenders';
import type { Answer } from './workers/main';

/** What a worker could not do, in its own words. */
export class WorkerFailed extends Error {}

/** A contender's process; it answers one question after the other. */
export class Client {
  private readonly process: ChildProcess;
  private readonly begun = performance.now();
  private readonly lines: AsyncIterator<string>;
  private errors = '';
  /** From the start of the process to the end of its first step. */
  startMs: number | null = null;

  constructor({ command: [program, ...rest], environment }: Contender) {
    this.process = spawn(program!, rest, {
      cwd: root,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    this.process.on('error', (error) => (this.errors += error.message));
    this.process.stderr!.on('data', (data) => (this.errors = (this.errors + String(data)).slice(-4000)));
    // An ended worker is told by the end of its output.
    this.process.stdin!.on('error', () => undefined);
    this.lines = createInterface({ input: this.process.stdout! })[Symbol.asyncIterator]();
  }

  /** @throws WorkerFailed */
  async steps(workload: string, steps: number): Promise<Answer> {
    this.process.stdin!.write(`${JSON.stringify({ workload, steps })}\n`);
    for (;;) {
      const { value, done } = (await this.lines.next()) as { value: string; done?: boolean };
      if (done) throw new WorkerFailed(`ended without an answer: ${this.errors.trim().split('\n').at(-1)}`);
      if (!value.startsWith('{')) continue;
      const answer = JSON.parse(value) as Answer | { error: string };
      if ('error' in answer) throw new WorkerFailed(answer.error);
      this.startMs ??= performance.now() - this.begun;
      return answer;
    }
  }

  async end(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.process.once('close', resolve));
    this.process.kill();
    await ended;
  }
}
