import { existsSync, readFileSync, rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { experimentFiles } from '../../../src/runs/layout';
import type { Summary } from '../../../src/results/summary';
import { buildPrograms, isAtWork, Stage, until } from '../runner/stage';
import { type } from './terminal';

let programs: string;
let stage: Stage;
beforeAll(async () => void (programs = await buildPrograms({ cli: 'src/cli/main.ts' })));
afterAll(() => rmSync(programs, { recursive: true }));
beforeEach(() => void (stage = new Stage(programs)));
afterEach(() => stage.close());
const start = (...args: string[]) => type(programs, stage, ...args);
const distillery = (...args: string[]) => start(...args).ended;

describe('run', () => {
  it('shows progress and the verdict; a second one trains nothing and prints the same', async () => {
    const first = await distillery('run', 'first.distill.json');
    expect(first.code).toBe(0);
    expect(first.stderr).toMatch(/run \d of 5 · kd · seed 1 · finished/);
    expect(first.stdout).toMatch(/Teacher big +90/);
    expect(first.stdout).toMatch(/INCONCLUSIVE: /);
    expect(first.stdout).toContain('Report: runs/first/report.html');

    stage.forgetJournal();
    const { report } = experimentFiles(stage.folder());
    rmSync(report);
    const second = await distillery('run', 'first.distill.json');
    expect(second).toMatchObject({ code: 0, stdout: first.stdout });
    expect(second.stderr).toContain('first: everything is already trained.\n');
    expect(stage.begun).toEqual([]);
    expect(existsSync(report)).toBe(true);

    const summary = JSON.parse((await distillery('report', '.', '--json')).stdout) as Summary;
    expect(summary).toMatchObject({ experiment: 'first', complete: true, part: 'test' });
  });

  it('ends with 1 and the reason where a run failed; resume goes on with that one', async () => {
    stage.behave({ 'kd/seed-1': 'signal:SIGSEGV' });
    const failed = await distillery('run', 'first.distill.json');
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain('The engine crashed (SIGSEGV).');
    expect(failed.stderr).toContain('distillery resume');
    stage.behave({});
    stage.forgetJournal();
    stage.experiment('first', { seeds: 3 });
    const resumed = await distillery('resume', 'first.distill.json');
    expect(resumed.code).toBe(0);
    expect(stage.begun).toEqual(['extract', 'kd/seed-1']);

    const nothing = await distillery('resume', 'first.distill.json');
    expect(nothing.code).toBe(0);
    expect(nothing.stderr).toContain(
      'no run is unfinished. 2 trainings were never started: distillery run trains them.',
    );
  });

  it('refuses another engine until it is told to retrain', async () => {
    await distillery('run', 'first.distill.json');
    const refused = await distillery('run', 'first.distill.json', '--engine', 'plain');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('--retrain-on plain');
    stage.forgetJournal();
    const retrained = await distillery('run', 'first.distill.json', '--retrain-on', 'plain');
    expect(retrained.code).toBe(0);
    expect(stage.begun).toContain('kd/seed-1');
  });

  it('says what a file that cannot be run has, at its place', async () => {
    stage.experiment('first', { arms: [{ method: 'hinton', temperature: 0 }] });
    const { code, stderr } = await distillery('run', 'first.distill.json');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^first\.distill\.json:1:\d+: error /);
  });

  it('names an item that the plan does not have', async () => {
    const { code, stderr } = await distillery('run', 'first.distill.json', '--only', 'kd/seed-9');
    expect(code).toBe(2);
    expect(stderr).toContain('kd/seed-9');
  });

  it('follows a runner that is at it already', async () => {
    stage.behave({ 'kd/seed-0': 'slow' });
    const first = start('run', 'first.distill.json');
    await until('a run', () => stage.begun.includes('kd/seed-0'));
    const second = start('run', 'first.distill.json');
    await until('the second', () => second.stderr().includes('already running'));
    stage.go();
    const [one, two] = await Promise.all([first.ended, second.ended]);
    expect([one.code, two.code]).toEqual([0, 0]);
    expect(two.stdout).toBe(one.stdout);
  });

  it('says that the runner is gone where something killed it', async () => {
    stage.behave({ teacher: 'slow', 'scratch/seed-0': 'slow' });
    const command = start('run', 'first.distill.json');
    await until('a trainer', () => stage.begun.includes('scratch/seed-0') && stage.begun.includes('teacher'));
    // Runner first, so that it cannot tell of its trainers.
    const runner = JSON.parse(readFileSync(experimentFiles(stage.folder()).runner, 'utf8')) as {
      pid: number;
    };
    process.kill(runner.pid, 'SIGKILL');
    for (const { pid } of stage.journal.slice(2)) process.kill(pid, 'SIGKILL');
    const { code, stderr } = await command.ended;
    expect(code).toBe(1);
    expect(stderr).toContain('The runner process is no longer running.');
  });
});

describe('Ctrl-C', () => {
  it('once stops cleanly, with a checkpoint, and ends with 3', async () => {
    stage.behave({ teacher: 'slow', 'scratch/seed-0': 'slow' });
    const command = start('run', 'first.distill.json');
    await until('two runs', () => stage.begun.length === 4);
    command.child.kill('SIGINT');
    const { code, stderr } = await command.ended;
    expect(code).toBe(3);
    expect(stderr).toContain('Stopping');
    expect(stderr).toContain('distillery run first.distill.json');
    expect((await stage.state('teacher')).status).toBe('stopped');
  });

  it('twice ends everything at once', async () => {
    stage.behave({ teacher: 'hangs', 'scratch/seed-0': 'hangs' });
    const command = start('run', 'first.distill.json', '--grace', '60');
    await until(
      'grandchildren',
      () => stage.journal.filter((note) => note.what.startsWith('grand')).length === 2,
    );
    command.child.kill('SIGINT');
    await until('the first answer', () => command.stderr().includes('Stopping'));
    // One press may arrive twice; this is a second one, also where the machine is busy.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    command.child.kill('SIGINT');
    expect((await command.ended).code).toBe(3);
    const pids = stage.journal
      .slice(2)
      .flatMap((note) => [note.pid, Number(note.what.split(' ')[1]) || note.pid]);
    await until('the end of all', () => !pids.some(isAtWork));
  });

  it('stop does the same for a run started elsewhere', async () => {
    stage.behave({ teacher: 'slow', 'scratch/seed-0': 'slow' });
    const command = start('run', 'first.distill.json');
    await until('two runs', () => stage.begun.length === 4);
    const stopped = await distillery('stop', 'first.distill.json');
    expect(stopped).toMatchObject({ code: 0, stdout: expect.stringContaining('first: stopped') as string });
    expect((await command.ended).code).toBe(3);
    expect((await distillery('stop', 'first.distill.json')).stdout).toBe('first is not running.\n');
  });

  it('stop --now is a stop too: the run ends with 3, and the next one finishes', async () => {
    stage.behave({ teacher: 'hangs', 'scratch/seed-0': 'hangs' });
    const command = start('run', 'first.distill.json');
    await until('two runs', () => stage.begun.length === 4);
    expect((await distillery('stop', '--now', 'first.distill.json')).code).toBe(0);
    expect(await command.ended).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('Stopped;') as string,
    });
    stage.behave({});
    expect((await distillery('run', 'first.distill.json')).code).toBe(0);
  });
});

describe('plan', () => {
  it('says what would be done and does nothing', async () => {
    const { code, stdout } = await distillery('plan', 'first.distill.json');
    expect(code).toBe(0);
    expect(stdout).toMatch(/kd\/seed-1 +queued +soft-targets/);
    expect(stdout).toMatch(/To do: 5 trainings, about \d+.s\./);
    expect(stdout).toContain('On the portable engine 4 runs train together in 2 groups');
    expect(existsSync(stage.folder())).toBe(false);
  });
});
