import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import type { PlanItem } from '../../../src/runs/files';
import { absoluteFolder } from '../../../src/runs/folder';
import { prepare } from '../../../src/runs/prepare';
import { runStatus, type RunState } from '../../../src/runs/status';
import type { RunnerOptions } from '../../../src/runner/options';
import { toArguments } from '../../../src/runner/options';
import { inProcess } from '../../fixtures/inProcess';

/** Bundles runner, reader of data and fake trainer, as the build bundles the real ones, into a folder of their own. */
export async function buildPrograms(entries: Record<string, string> = {}): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'distillery-programs-'));
  await build({
    entryPoints: {
      runner: 'src/runner/main.ts',
      data: 'src/data/main.ts',
      trainer: 'test/fixtures/fakeTrainer.ts',
      ...entries,
    },
    outdir: folder,
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    format: 'cjs',
    logLevel: 'error',
  });
  return folder;
}

export interface Note {
  key: string;
  what: string;
  pid: number;
  node: string[];
}

/** An experiment on disk, with trainers that behave as they are told. */
export class Stage {
  readonly root = mkdtempSync(join(tmpdir(), 'distillery-stage-'));
  private readonly runners = new Set<ChildProcess>();

  constructor(private readonly programs: string) {
    this.write('distillery.json', { parallelism: 2 });
    this.write('big.teacher.json', { layers: [{ type: 'dense', units: 10 }], training: { steps: 8 } });
    this.write('small.student.json', { layers: [{ type: 'dense', units: 10 }], training: { steps: 6 } });
    this.experiment('first');
    this.behave({});
  }

  experiment(name: string, more: object = {}): string {
    return this.write(`${name}.distill.json`, {
      data: { source: 'digits' },
      teacher: 'big.teacher.json',
      student: 'small.student.json',
      arms: [{ method: 'hinton', name: 'kd' }],
      seeds: 2,
      ...more,
    });
  }

  write(name: string, value: object): string {
    const file = join(this.root, name);
    writeFileSync(file, JSON.stringify(value));
    return file;
  }

  /** How trainers go from now on. */
  behave(behaviours: Record<string, string>): void {
    mkdirSync(join(this.root, 'fake'), { recursive: true });
    this.write('fake/behaviours.json', behaviours);
  }

  /** Lets those go on to their end that are "slow". */
  go(): void {
    this.write('fake/go', {});
  }

  get environment(): NodeJS.ProcessEnv {
    return { ...process.env, FAKE_TRAINER: join(this.root, 'fake', 'behaviours.json') };
  }

  file(name = 'first'): string {
    return join(this.root, `${name}.distill.json`);
  }

  folder(name = 'first'): string {
    return join(this.root, 'runs', name);
  }

  get runnerPath(): string {
    return join(this.programs, 'runner.js');
  }

  /** Starts a runner as a child of the test. */
  start(
    options: Partial<RunnerOptions> = {},
    name = 'first',
  ): ChildProcess & { ended: Promise<number | null>; output: () => string } {
    const args = toArguments({ experimentFile: this.file(name), ...options });
    const child = spawn(process.execPath, [this.runnerPath, ...args], { env: this.environment });
    this.runners.add(child);
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr.on('data', (data: Buffer) => (output += data.toString()));
    const ended = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
    return Object.assign(child, { ended, output: () => output });
  }

  /** Runs a runner to its end; gives its exit code. */
  async run(options: Partial<RunnerOptions> = {}, name = 'first'): Promise<number | null> {
    return this.start(options, name).ended;
  }

  /** What trainers did, in order. */
  get journal(): Note[] {
    const file = join(this.root, 'fake', 'journal.jsonl');
    if (!existsSync(file)) return [];
    // The last line may be half written.
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Note);
  }

  get begun(): string[] {
    return this.journal.filter((note) => note.what === 'begin').map((note) => note.key);
  }

  forgetJournal(): void {
    rmSync(join(this.root, 'fake', 'journal.jsonl'), { force: true });
  }

  async items(name = 'first'): Promise<PlanItem[]> {
    const { plan, diagnostics } = await prepare(this.file(name), inProcess);
    if (plan === null) throw new Error(diagnostics.map((d) => d.message).join('\n'));
    return plan.items;
  }

  async folderOf(id: string, name = 'first'): Promise<string> {
    const item = (await this.items(name)).find((one) => one.id === id);
    if (!item) throw new Error(`no item ${id}`);
    return absoluteFolder(this.root, item);
  }

  async state(id: string, name = 'first'): Promise<RunState> {
    return runStatus(await this.folderOf(id, name));
  }

  async close(): Promise<void> {
    for (const runner of this.runners) runner.kill('SIGKILL');
    for (const { pid } of this.journal)
      try {
        process.kill(-pid, 'SIGKILL');
      } catch {
        // Gone, as it should be.
      }
    // A runner that was started detached may still be writing its last words.
    await until('an empty folder', () => {
      try {
        rmSync(this.root, { recursive: true, force: true });
        return true;
      } catch {
        return false;
      }
    });
  }
}

/** Waits for something to become true; fails the test when it does not for a long time. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(25)) if (await condition()) return;
  throw new Error(`Timed out waiting for: ${what}`);
}

/** Whether a process still runs; one that has ended and was not reaped does not. */
export function isAtWork(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return (
      process.platform !== 'linux' || !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
    );
  } catch {
    return false;
  }
}
