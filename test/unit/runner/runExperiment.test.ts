import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readCost } from '../../../src/runs/folder';
import { experimentFiles, runFiles } from '../../../src/runs/layout';
import { readLooks } from '../../../src/runs/jsonLines';
import { requestStop } from '../../../src/runs/stop';
import { startRunner } from '../../../src/runner/start';
import { isRunning, stopNow } from '../../../src/runner/stop';
import { denseLayers, denseWeights, keras2, writeSavedModel } from '../../fixtures/savedModels';
import { buildPrograms, isAtWork, Stage, until } from './stage';

let programs: string;
let stage: Stage;
beforeAll(async () => void (programs = await buildPrograms()));
afterAll(() => rmSync(programs, { recursive: true }));
beforeEach(() => void (stage = new Stage(programs)));
afterEach(() => stage.close());

const ALL = ['teacher', 'scratch/seed-0', 'kd/seed-0', 'scratch/seed-1', 'kd/seed-1'];
const where = () => ({ root: stage.root, runsFolder: stage.folder() });
const running = () => stage.start({ grace: 1 });

describe('a walk through a plan', () => {
  it('does everything in an order that respects what waits for what, two at once, and opens the test set last', async () => {
    // The first of each chain goes on only when both have begun, however busy the machine is.
    stage.behave({ teacher: 'slow', 'scratch/seed-0': 'slow' });
    const runner = stage.start();
    await until('two trainers at once', () => stage.begun.length === 4);
    stage.go();
    expect(await runner.ended).toBe(0);
    expect(stage.begun.slice(0, 2)).toEqual(['self-test native', 'self-test portable']);
    const { begun } = stage;
    expect([...begun].sort()).toEqual(
      [...ALL, 'extract', 'evaluate', 'cost', 'self-test native', 'self-test portable'].sort(),
    );
    const place = (key: string) => begun.indexOf(key);
    for (const kd of ['kd/seed-0', 'kd/seed-1']) expect(place('extract')).toBeLessThan(place(kd));
    const notes = stage.journal.map(({ key, what }) => `${key} ${what}`);
    expect(notes.indexOf('teacher end')).toBeLessThan(notes.indexOf('extract begin'));
    expect(notes.slice(-4)).toEqual(['evaluate begin', 'evaluate end', 'cost begin', 'cost end']);
    let atOnce = 0;
    const most = stage.journal.map(({ what }) => (atOnce += what === 'begin' ? 1 : what === 'end' ? -1 : 0));
    expect(Math.max(...most.slice(2)) - most[1]!).toBe(2);

    const files = experimentFiles(stage.folder());
    for (const file of [files.engine, files.plan, files.summary, files.report, files.looks])
      expect(existsSync(file)).toBe(true);
    expect(existsSync(files.runner)).toBe(false);
    expect((await readLooks(stage.folder())).map((look) => look.runs.length)).toEqual([4]);
  });

  it('is like make: a second walk does nothing, an added seed only what it brings', async () => {
    await stage.run();
    stage.forgetJournal();
    expect(await stage.run()).toBe(0);
    expect(stage.begun).toEqual([]);

    stage.experiment('first', { seeds: 3 });
    expect(await stage.run()).toBe(0);
    expect([...stage.begun].sort()).toEqual(['evaluate', 'extract', 'kd/seed-2', 'scratch/seed-2']);
    const looks = await readLooks(stage.folder());
    expect(looks.map((look) => look.runs.map((run) => `${run.arm} ${run.seed}`))).toEqual([
      ['scratch 0', 'kd 0', 'scratch 1', 'kd 1'],
      ['scratch 2', 'kd 2'],
    ]);
  });

  it('writes down who looks before the test set is opened, once', async () => {
    stage.behave({ evaluate: 'exit:5' });
    expect(await stage.run()).toBe(1);
    expect(await readLooks(stage.folder())).toHaveLength(1);
    stage.behave({});
    stage.forgetJournal();
    expect(await stage.run()).toBe(0);
    expect(stage.begun).toEqual(['evaluate', 'cost']);
    expect(await readLooks(stage.folder())).toHaveLength(1);
  });

  it('measures each kind of network once, and again only what failed', async () => {
    const layers = [12, 10].map((units) => ({ type: 'dense', units }));
    stage.write('big.teacher.json', { layers, training: { steps: 8 } });
    stage.behave({ cost: 'exit:5' });
    expect(await stage.run()).toBe(1);
    expect(stage.begun.filter((key) => key === 'cost')).toEqual(['cost']);
    stage.behave({});
    stage.forgetJournal();
    expect(await stage.run()).toBe(0);
    expect(stage.begun).toEqual(['cost', 'cost']);
    const folders = await Promise.all(ALL.map((id) => stage.folderOf(id)));
    const [teacher, ...students] = await Promise.all(
      folders.map(async (folder) => (await readCost(folder)).value!.of),
    );
    expect(new Set(students).size).toBe(1);
    expect(students[0]).not.toBe(teacher);
  });

  it('stops scratch where the teacher failed that all it is compared with wait for, and goes on with it later', async () => {
    stage.behave({ teacher: 'fails', 'scratch/seed-0': 'slow' });
    expect(await running().ended).toBe(1);
    expect((await stage.state('teacher')).status).toBe('failed');
    expect(['queued', 'stopped']).toContain((await stage.state('scratch/seed-0')).status);
    expect((await stage.state('scratch/seed-1')).status).toBe('queued');
    expect(stage.begun).not.toContain('scratch/seed-1');
    expect(existsSync(runFiles(await stage.folderOf('scratch/seed-0')).stop)).toBe(false);

    stage.behave({});
    expect(await stage.run()).toBe(0);
    for (const id of ALL) expect((await stage.state(id)).status).toBe('finished');
  });

  it('trains scratch all the same where an arm needs no teacher', async () => {
    stage.experiment('first', { arms: [{ method: 'hinton', name: 'kd' }, { method: 'labelSmoothing' }] });
    stage.behave({ teacher: 'fails' });
    expect(await stage.run()).toBe(1);
    for (const seed of [0, 1]) expect((await stage.state(`scratch/seed-${seed}`)).status).toBe('finished');
  });

  it('measures a saved teacher before anything is trained, and trains nothing where it failed', async () => {
    const weights = denseWeights(64, 10);
    writeSavedModel(join(stage.root, 'saved'), keras2(denseLayers(64, [10, 'linear'])), weights);
    stage.write('big.teacher.json', { model: 'saved/model.json' });
    stage.behave({ teacher: 'fails' });
    expect(await stage.run()).toBe(1);
    expect(stage.begun.filter((key) => ALL.includes(key))).toEqual(['teacher']);

    stage.behave({});
    stage.forgetJournal();
    expect(await stage.run()).toBe(0);
    expect(stage.begun.filter((key) => ALL.includes(key))[0]).toBe('teacher');
  });

  it('lets a failed run stop no other, and keeps the test set sealed until it runs', async () => {
    stage.behave({ 'kd/seed-0': 'fails' });
    expect(await stage.run()).toBe(1);
    expect((await stage.state('kd/seed-0')).message).toBe('It failed.');
    for (const id of ['kd/seed-1', 'scratch/seed-0', 'scratch/seed-1'])
      expect((await stage.state(id)).status).toBe('finished');
    expect(stage.begun).not.toContain('evaluate');
    expect(await readLooks(stage.folder())).toEqual([]);

    stage.behave({});
    stage.forgetJournal();
    expect(await stage.run()).toBe(0);
    expect(stage.begun).toEqual(['extract', 'kd/seed-0', 'evaluate', 'cost']);
    expect(await stage.state('kd/seed-0')).toMatchObject({ status: 'finished', attempt: 2 });
  });

  it('does only some items and what they wait for, where asked to', async () => {
    expect(await stage.run({ only: ['kd/seed-1'] })).toBe(0);
    expect(stage.begun.slice(2)).toEqual(['teacher', 'extract', 'kd/seed-1']);
  });

  it('passes arguments on to the Node of the trainers', async () => {
    await stage.run({ only: ['scratch/seed-0'], trainerArguments: ['--max-old-space-size=99'] });
    expect(stage.journal.at(-1)?.node).toEqual(['--max-old-space-size=99']);
  });

  it('says what is wrong with an experiment, and begins nothing', async () => {
    stage.experiment('first', { arms: [] });
    const runner = stage.start();
    expect(await runner.ended).toBe(1);
    expect(runner.output()).toMatch(/error: first\.distill\.json: /);
    expect(existsSync(stage.folder())).toBe(false);
  });
});

describe('the engine', () => {
  it('is chosen once, and changed only when told to', async () => {
    stage.behave({ 'self-test native': 'signal:SIGILL' });
    await stage.run({ only: ['scratch/seed-0'] });
    const { engine: file } = experimentFiles(stage.folder());
    const engine = () =>
      JSON.parse(readFileSync(file, 'utf8')) as { why: string; numerics: { engine: string } };
    expect(engine().numerics.engine).toBe('portable');
    expect(engine().why).toContain('SIGILL');

    stage.experiment('first', { engine: 'plain' });
    const refused = stage.start();
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toContain('--retrain-on plain');
    expect(engine().numerics.engine).toBe('portable');

    stage.forgetJournal();
    expect(await stage.run({ retrainOn: 'plain' })).toBe(0);
    expect(engine().numerics.engine).toBe('plain');
    expect(stage.begun).toEqual(expect.arrayContaining(['self-test plain', ...ALL]));
    expect(await stage.run()).toBe(0);
  });

  it('is a sentence where there is none', async () => {
    stage.behave({
      'self-test native': 'exit:3',
      'self-test portable': 'signal:SIGSEGV',
      'self-test plain': 'signal:SIGKILL',
    });
    const runner = stage.start();
    expect(await runner.ended).toBe(1);
    expect(runner.output()).toMatch(/error: No engine works here\..*six.*SIGSEGV.*SIGKILL/);
  });
});

describe('runs of one shape', () => {
  const together = (more: Record<string, string> = {}) =>
    stage.behave({ 'self-test portable': 'stacks', ...more });
  const pidOf = (key: string) => stage.journal.find((note) => note.key === key)?.pid;

  it('train in one process, each with its own log, as soon as what they wait for is there', async () => {
    together();
    const runner = stage.start();
    expect(await runner.ended).toBe(0);
    expect(stage.journal.filter(({ what }) => what === 'begin')).toHaveLength(10);
    expect(pidOf('scratch/seed-1')).toBe(pidOf('scratch/seed-0'));
    expect(pidOf('kd/seed-1')).toBe(pidOf('kd/seed-0'));
    expect(pidOf('kd/seed-0')).not.toBe(pidOf('scratch/seed-0'));
    expect(stage.begun.indexOf('extract')).toBeLessThan(stage.begun.indexOf('kd/seed-0'));
    expect(runner.output()).toMatch(/4 runs train together in 2 groups: .* 1 training by itself: a teacher/);
    for (const [seed, place] of [0, 1].entries()) {
      const log = readFileSync(runFiles(await stage.folderOf(`kd/seed-${seed}`)).log(1), 'utf8');
      expect(log).toMatch(new RegExp(`^\\S+ is number ${place} of 2\\n$`));
    }
  });

  it('fail one by one, and only that one is trained again', async () => {
    together({ 'kd/seed-0': 'fails' });
    expect(await stage.run()).toBe(1);
    expect((await stage.state('kd/seed-0')).message).toBe('It failed.');
    expect((await stage.state('kd/seed-1')).status).toBe('finished');
    together();
    stage.forgetJournal();
    expect(await stage.run()).toBe(0);
    expect(stage.begun).toEqual(['extract', 'kd/seed-0', 'evaluate', 'cost']);
  });

  it('whose trainer dies get an end event each, and go on when run again', async () => {
    together({ 'scratch/seed-1': 'signal:SIGKILL' });
    expect(await stage.run()).toBe(1);
    for (const id of ['scratch/seed-0', 'scratch/seed-1'])
      expect(await stage.state(id)).toMatchObject({ status: 'failed', cause: 'signal' });
    for (const id of ['kd/seed-0', 'kd/seed-1']) expect((await stage.state(id)).status).toBe('finished');
    together();
    expect(await stage.run()).toBe(0);
  });

  it('stop together when the experiment is stopped', async () => {
    together({ 'scratch/seed-0': 'slow', 'scratch/seed-1': 'slow' });
    const runner = running();
    await until('both', () => stage.begun.includes('scratch/seed-1'));
    requestStop(stage.folder());
    expect(await runner.ended).toBe(3);
    for (const id of ['scratch/seed-0', 'scratch/seed-1'])
      expect(await stage.state(id)).toMatchObject({ status: 'stopped', cause: 'stop' });
    expect(existsSync(runFiles(await stage.folderOf('scratch/seed-1')).stop)).toBe(false);
  });
});

describe('a trainer that dies', () => {
  it.each([
    [
      'signal:SIGKILL',
      'signal',
      'Another process ended the trainer (SIGKILL) at step 3. The checkpoint of step 2 is kept.',
    ],
    ['signal:SIGSEGV', 'crash', 'The engine crashed (SIGSEGV).'],
    ['exit:7', 'exit', 'The trainer ended with code 7.\ntwo\nthree\nfour\nfive\nsix'],
    ['silent', 'exit', 'The trainer ended with code 9.'],
  ])('%s: gets its end event', async (behaviour, cause, message) => {
    stage.behave({ 'scratch/seed-0': behaviour });
    expect(await stage.run({ only: ['scratch/seed-0'] })).toBe(1);
    expect(await stage.state('scratch/seed-0')).toMatchObject({
      status: 'failed',
      attempt: 1,
      cause,
      message,
    });
  });

  it('a full heap is told from a crash, and the log keeps what was printed', async () => {
    stage.behave({ 'scratch/seed-0': 'heap' });
    await stage.run({ only: ['scratch/seed-0'] });
    const { cause, message } = await stage.state('scratch/seed-0');
    expect(cause).toBe('memory');
    expect(message).toMatch(/^Ran out of memory at step 3 \(2 GB of [\d.]+ GB\)\. Halve the batch size\.$/);
    const log = readFileSync(runFiles(await stage.folderOf('scratch/seed-0')).log(1), 'utf8');
    expect(log).toContain('JavaScript heap out of memory');
  });
});

describe('a stop', () => {
  it('lets trainers leave a checkpoint, the teacher’s too, begins nothing more, and is answered', async () => {
    stage.behave(Object.fromEntries(ALL.map((key) => [key, 'slow'])));
    const runner = running();
    await until('two trainers', () => stage.begun.length === 4);
    requestStop(stage.folder());
    expect(await runner.ended).toBe(3);
    expect(stage.begun.slice(2).sort()).toEqual(['scratch/seed-0', 'teacher']);
    for (const id of ['teacher', 'scratch/seed-0'])
      expect(await stage.state(id)).toMatchObject({ status: 'stopped', cause: 'stop' });
    expect(existsSync(experimentFiles(stage.folder()).stop)).toBe(false);
    expect(existsSync(runFiles(await stage.folderOf('teacher')).stop)).toBe(false);

    stage.behave({});
    expect(await stage.run()).toBe(0);
  });

  it('by SIGTERM is the same', async () => {
    stage.behave({ teacher: 'slow' });
    const runner = running();
    await until('a teacher', () => stage.begun.includes('teacher'));
    runner.kill('SIGTERM');
    expect(await runner.ended).toBe(3);
    expect((await stage.state('teacher')).status).toBe('stopped');
  });

  it('ends the whole tree of a trainer that does not answer, when its grace is over', async () => {
    stage.behave({ 'scratch/seed-0': 'hangs' });
    const runner = stage.start({ grace: 1, only: ['scratch/seed-0'] });
    await until('a grandchild', () => stage.journal.some((note) => note.what.startsWith('grandchild')));
    const note = stage.journal.find((one) => one.what.startsWith('grandchild'))!;
    const pids = [note.pid, Number(note.what.split(' ')[1])];
    expect(pids.every(isAtWork)).toBe(true);
    requestStop(stage.folder());
    expect(await runner.ended).toBe(3);
    await until('the end of the tree', () => !pids.some(isAtWork));
    expect(await stage.state('scratch/seed-0')).toMatchObject({
      status: 'stopped',
      message:
        'Stopped: it did not answer within 1 s, so its process was ended. The checkpoint of step 2 is kept.',
    });
  });

  it('at once ends runner, trainers and what they started', async () => {
    stage.behave({ 'scratch/seed-0': 'hangs', teacher: 'slow' });
    const runner = stage.start({ grace: 60 });
    await until('a grandchild', () => stage.journal.some((note) => note.what.startsWith('grandchild')));
    await until('a teacher', () => stage.begun.includes('teacher'));
    const note = stage.journal.find((one) => one.what.startsWith('grandchild'))!;
    const pids = [
      runner.pid!,
      ...stage.journal.slice(2).map((one) => one.pid),
      Number(note.what.split(' ')[1]),
    ];
    expect(await stopNow(where())).toBe('killed');
    await until('the end of all', () => !pids.some(isAtWork));
    expect(await isRunning(where())).toBe(false);
    expect((await stage.state('scratch/seed-0')).status).toBe('interrupted');
  });
});

describe('several at once', () => {
  it('a second runner of an experiment is refused, and says who is at it', async () => {
    stage.behave({ teacher: 'slow' });
    const first = running();
    await until('a teacher', () => stage.begun.includes('teacher'));
    const options = {
      experimentFile: stage.file(),
      runnerPath: stage.runnerPath,
      nodePath: process.execPath,
    };
    await expect(startRunner(options)).rejects.toThrow(new RegExp(`^Process ${first.pid} on this machine`));
    stage.go();
    expect(await first.ended).toBe(0);
  });

  it('two experiments with one teacher train it once', async () => {
    stage.experiment('second', { seeds: [7] });
    stage.behave({ teacher: 'slow' });
    const first = stage.start();
    await until('a teacher', () => stage.begun.includes('teacher'));
    const second = stage.start({}, 'second');
    await until('the second to wait', () => second.output().includes('waiting for it to end'));
    stage.go();
    expect(await Promise.all([first.ended, second.ended])).toEqual([0, 0]);
    expect(stage.begun.filter((key) => key === 'teacher')).toHaveLength(1);
  });

  it('after a runner that was killed, the next one waits for its trainers and goes on', async () => {
    stage.behave({ 'scratch/seed-0': 'slow' });
    const first = running();
    await until('a trainer', () => stage.begun.includes('scratch/seed-0'));
    first.kill('SIGKILL');
    await first.ended;
    const second = stage.start();
    await until('the second to wait', () => second.output().includes('waiting for it to end'));
    stage.go();
    expect(await second.ended).toBe(0);
    expect(stage.begun.filter((key) => key === 'scratch/seed-0')).toHaveLength(1);
  });
});

describe('startRunner', () => {
  const options = () => ({
    experimentFile: stage.file(),
    runnerPath: stage.runnerPath,
    nodePath: process.execPath,
    trainerEnvironment: { FAKE_TRAINER: join(stage.root, 'fake', 'behaviours.json') },
  });

  it('starts a process that outlives its parent and holds the lease', async () => {
    stage.behave({ teacher: 'slow' });
    const { pid, folder, why } = await startRunner(options());
    expect(folder).toBe(stage.folder());
    expect(why).toContain('nodePath');
    expect(await isRunning(where())).toBe(true);
    expect(isAtWork(pid)).toBe(true);
    stage.go();
    await until('its end', async () => !(await isRunning(where())));
    await until('a report', () => existsSync(experimentFiles(stage.folder()).report));
  });

  it('is content where nothing is missing', async () => {
    await stage.run();
    await expect(startRunner(options())).resolves.toMatchObject({ folder: stage.folder() });
  });

  it('tells what the runner complained of when it ended later: an engine that does not work', async () => {
    stage.experiment('first', { engine: 'native' });
    // It may end before its lease is seen.
    const said = await startRunner(options()).then(
      ({ error: complaint }) => complaint,
      ({ message }: Error) => message,
    );
    expect(said).toMatch(/^The experiment asks for the engine "native", which does not work here\./);
    stage.experiment('first');
    expect(await (await startRunner(options())).error).toBeNull();
  });

  it('rejects with the sentence of a config that has errors', async () => {
    stage.experiment('first', { arms: [] });
    await expect(startRunner(options())).rejects.toThrow();
  });
});
