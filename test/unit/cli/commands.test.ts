import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { methods } from '../../../src/methods/catalogue';
import { layout } from '../../../src/runs/layout';
import { plantResult, plantRun } from '../../fixtures/runFolders';
import { buildPrograms, Stage } from '../runner/stage';
import { type } from './terminal';

let programs: string;
let stage: Stage;
beforeAll(async () => {
  programs = await buildPrograms({ cli: 'src/cli/main.ts' });
  stage = new Stage(programs);
});
afterAll(async () => {
  await stage.close();
  rmSync(programs, { recursive: true });
});
const distillery = (...args: string[]) => type(programs, stage, ...args).ended;
const json = async (...args: string[]): Promise<unknown> =>
  JSON.parse((await distillery(...args, '--json')).stdout);

describe('help and usage', () => {
  it.each([
    'new',
    'check',
    'plan',
    'run',
    'resume',
    'stop',
    'report',
    'compare',
    'engines',
    'methods',
    'setup',
    'clean',
    'rename',
    'duplicate',
    'temperature',
    'export',
  ])('%s --help has an example and the exit codes', async (verb) => {
    const { code, stdout } = await distillery(verb, '--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`Examples?:\\n {2}distillery ${verb}`));
    expect(stdout).toContain('Exit codes: 0 done');
  });

  it.each([
    [[], 2],
    [['walk'], 2],
    [['run'], 2],
    [['run', 'first', '--parallel', 'x'], 2],
    [['run', 'nowhere.distill.json'], 2],
    [['run', '.', '--engine', 'steam'], 2],
    [['--version'], 0],
  ])('%j ends with %d', async (args, code) => {
    const answer = await distillery(...args);
    expect(answer.code).toBe(code);
    expect(answer.stderr + answer.stdout).not.toMatch(/\n\s+at /);
  });

  it('goes quietly when its reader does', async () => {
    const child = spawn(process.execPath, [join(programs, 'cli.js'), 'methods']);
    child.stdout.destroy();
    let complaint = '';
    child.stderr.on('data', (data: Buffer) => (complaint += data.toString()));
    await new Promise((resolve) => child.on('close', resolve));
    expect(complaint).toBe('');
  });
});

describe('methods', () => {
  it('lists every method with what its parameters are', async () => {
    const list = (await json('methods')) as {
      id: string;
      title: string;
      citation: string;
      parameters: { name: string; default?: unknown; description: string }[];
    }[];
    expect(list.map((method) => method.id)).toEqual(methods.map(({ id }) => id));
    for (const { title, citation } of list) expect(title && citation).not.toBe('');
    const temperature = list[0]?.parameters.find((parameter) => parameter.name === 'temperature');
    expect(temperature).toMatchObject({ default: 4 });
    expect(temperature?.description).not.toBe('');
  });
});

describe('engines', () => {
  it('says which work and why others do not', async () => {
    stage.behave({ 'self-test native': 'signal:SIGILL' });
    const list = (await json('engines')) as { engine: string; ok: boolean; reason: string }[];
    stage.behave({});
    expect(list.map(({ engine, ok }) => [engine, ok])).toEqual([
      ['native', false],
      ['portable', true],
      ['gpu', false],
      ['plain', true],
    ]);
    expect(list[0]?.reason).toContain('SIGILL');
  });
});

describe('export', () => {
  it('copies the student that is asked for, and says which it is', async () => {
    const seeds = [0.8, 0.9];
    for (const [seed, accuracy] of seeds.entries()) {
      const item = (await stage.items()).find((one) => one.arm === 'kd' && one.seed === seed);
      const planted = await plantRun(stage.file(), item?.id ?? '');
      plantResult(planted, accuracy);
      mkdirSync(join(planted.folder, 'model'));
      writeFileSync(join(planted.folder, 'model', 'model.json'), `{"seed":${seed}}`);
    }
    const best = await distillery('export', 'first', '--to', 'a & b');
    expect(best.code).toBe(0);
    expect(best.stdout).toMatch(
      /^Exported kd, the primary arm, seed 1, the best of 2 seeds on validation \(90(\.\d)?\s?%\), to a & b\. The README\.md/,
    );
    expect(readFileSync(join(stage.root, 'a & b', 'model.json'), 'utf8')).toBe('{"seed":1}');
    const named = await json('export', 'first', '--arm', 'kd', '--seed', '0');
    expect(named).toMatchObject({ arm: 'kd', seed: 0, folder: join(stage.root, 'first-kd-seed-0') });
    const again = await distillery('export', 'first', '--arm', 'kd', '--seed', '0');
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('nothing is overwritten');
    expect((await distillery('export', 'first', '--seed', 'x')).code).toBe(2);
    rmSync(stage.folder(), { recursive: true });
  });
});

describe('new', () => {
  it('writes an experiment that check finds nothing wrong with, once', async () => {
    const { code, stdout } = await distillery('new', '--in', 'made', '--name', 'mine', '--student', 'mlp8');
    expect(code).toBe(0);
    const file = 'made/experiments/mine/mine.distill.json';
    expect(stdout).toContain(`Next: distillery run ${file}`);
    const text = readFileSync(join(stage.root, file), 'utf8');
    expect(await distillery('check', file)).toMatchObject({ code: 0, stdout: '' });
    const folder = await distillery('check', 'made/experiments/mine');
    expect(folder).toMatchObject({ code: 0, stdout: '' });
    expect(folder.stderr).toContain('3 files, 0 errors, 0 warnings.');

    const again = await distillery('new', '--in', 'made', '--name', 'mine');
    expect(again.code).toBe(2);
    expect(again.stderr).toContain(
      'experiments/mine already exists. Choose another name; nothing was overwritten.',
    );
    expect(readFileSync(join(stage.root, file), 'utf8')).toBe(text);
  });

  it('reads data of one’s own to fit the networks', async () => {
    const rows = Array.from({ length: 90 }, (_, i) => `${i % 7},${i % 5},${'abc'[i % 3]}`);
    writeFileSync(join(stage.root, 'flowers.csv'), ['x,y,kind', ...rows].join('\n'));
    const asked = await distillery('new', '--data', 'flowers.csv');
    expect(asked.code).toBe(2);
    expect(asked.stderr).toContain('flowers.csv: separator comma, decimal point, with a header');
    expect(asked.stderr).toContain('name the label column with --label');
    const made = await distillery('new', '--data', 'flowers.csv', '--label', 'kind');
    expect(made.stderr).toBe('');
    const checked = await distillery('check', 'experiments/flowers/flowers.distill.json');
    expect(checked.stdout).not.toContain(': error');
    expect(checked.stdout).toContain('label kind; inputs x, y.');
    expect(readFileSync(join(stage.root, 'experiments/flowers/mlp-256.teacher.json'), 'utf8')).toContain(
      '"units": 3',
    );
  });
});

describe('new, of a table', () => {
  it('shows its columns, leaves ids and dates out, and says what is missing', async () => {
    const rows = Array.from(
      { length: 90 },
      (_, i) => `${i};2024-03-${10 + (i % 9)};${i % 7},5;${'ab'[i % 2]}`,
    );
    writeFileSync(
      join(stage.root, 'found.csv'),
      ['nr;day;size;kind', ...rows, '90;2024-03-01;;a'].join('\n'),
    );
    const missing = await distillery('new', '--data', 'found.csv', '--label', 'kind');
    expect(missing.code).not.toBe(0);
    expect(missing.stderr).toContain('1 cell is missing: line 92, column size (empty)');
    const made = await distillery('new', '--data', 'found.csv', '--label', 'kind', '--missing', 'mean');
    expect(made.stdout).toContain('found.csv: separator semicolon, decimal comma, with a header');
    expect(made.stdout).toContain('  nr: left out: row numbers (0 · 1 · 2 · 3 · 4)');
    expect(made.stdout).toContain('  day: left out: contains dates or times');
    const file = 'experiments/found/found.distill.json';
    expect(readFileSync(join(stage.root, file), 'utf8')).toContain('"ignore": ["nr", "day"]');
    const checked = await distillery('check', file);
    expect(checked.stdout).toContain('1 missing cell in 1 row: filled with the mean of the column');
  });
});

describe('check', () => {
  it('names file, line, column, severity, sentence and code', async () => {
    writeFileSync(
      join(stage.root, 'odd.student.json'),
      '{\n  "layers": [{ "type": "dense", "units": 4 }],\n  "trainig": {}\n}\n',
    );
    const { code, stdout } = await distillery('check', 'odd.student.json');
    expect(code).toBe(2);
    expect(stdout).toMatch(/^odd\.student\.json:3:3: error .*training.* \[unknown-key\]\n$/);
    expect(await json('check', 'odd.student.json')).toMatchObject([
      { line: 3, column: 3, code: 'unknown-key' },
    ]);
  });

  it('says both weights of the second form, since alpha means the other thing there', async () => {
    stage.experiment('second', { arms: [{ method: 'hinton', name: 'kd', alpha: 0.3, beta: 0.7 }], seeds: 4 });
    const { stdout } = await distillery('check', 'second.distill.json');
    expect(stdout).toContain('distillationWeight 0.7 (from beta 0.7), studentWeight 0.3 (from alpha 0.3)');
  });

  it('ends with 2 for a file that is none', async () => {
    expect((await distillery('check', 'nowhere.distill.json')).code).toBe(2);
    expect((await distillery('check', 'distillery.txt')).code).not.toBe(0);
  });
});

describe('clean', () => {
  it('deletes the cache, and runs that the file does not ask for any more, and nothing else', async () => {
    const cache = layout.cache(stage.root);
    mkdirSync(cache, { recursive: true });
    writeFileSync(join(cache, 'soft.npy'), 'x'.repeat(1000));
    // A third seed is not trained, so that the test set stays closed.
    stage.experiment('kept', { seeds: 3 });
    const only = ['scratch', 'kd'].flatMap((arm) => [0, 1].map((seed) => `${arm}/seed-${seed}`));
    expect(await stage.run({ only }, 'kept')).toBe(0);
    stage.experiment('kept', { seeds: 1 });
    const stale = join(
      stage.root,
      (await stage.items('kept')).find((item) => item.id === 'kd/seed-0')!.folder,
      '../seed-1',
    );
    const fresh = join(stale, '../seed-0');
    expect(existsSync(stale)).toBe(true);

    const dry = await distillery('clean', 'kept.distill.json', '--runs', '--dry-run');
    expect(dry.stdout).toContain('3 folders would be deleted');
    expect(existsSync(cache) && existsSync(stale)).toBe(true);

    expect((await distillery('clean', 'kept.distill.json')).stdout).toMatch(/1 folder deleted, 1.kB\./);
    expect([existsSync(cache), existsSync(stale)]).toEqual([false, true]);

    expect((await distillery('clean', 'kept.distill.json', '--runs')).stdout).toContain('2 folders deleted');
    expect([existsSync(stale), existsSync(fresh)]).toEqual([false, true]);
    expect((await distillery('clean', 'kept.distill.json', '--runs')).stdout).toBe('Nothing to delete.\n');

    // Runs that the test set was opened for are part of the verdict.
    stage.experiment('kept', { seeds: 2 });
    expect(await stage.run({}, 'kept')).toBe(0);
    stage.experiment('kept', { seeds: 1 });
    const looked = await distillery('clean', 'kept.distill.json', '--runs');
    expect(looked.stderr).toContain('2 runs are kept');
    expect(existsSync(stale)).toBe(true);
  });

  it('keeps the cache while another experiment needs it, and the runs that may be another’s', async () => {
    const cache = layout.cache(stage.root);
    mkdirSync(cache, { recursive: true });
    writeFileSync(join(cache, 'soft.npy'), 'x');
    rmSync(stage.file('kept'));
    stage.experiment('mine');
    stage.experiment('waiting');
    await stage.run({ only: ['scratch/seed-0'] }, 'waiting');
    const kept = await distillery('clean', 'mine.distill.json');
    expect(kept.stderr).toContain('The cache of soft targets is kept: waiting needs it.');
    expect(existsSync(cache)).toBe(true);
    // Its file is gone: nobody needs it any more.
    rmSync(stage.file('waiting'));
    await distillery('clean', 'mine.distill.json');
    expect(existsSync(cache)).toBe(false);

    mkdirSync(join(stage.root, 'b'), { recursive: true });
    stage.experiment('twice', { data: { source: 'digits', split: { seed: 7 } } });
    cpSync(stage.file('twice'), join(stage.root, 'b', 'twice.distill.json'));
    const refused = await distillery('clean', 'twice.distill.json', '--runs');
    expect(refused.stderr).toContain('does not say whether its runs belong to');
    rmSync(join(stage.root, 'b'), { recursive: true });
  });
});

describe('compare', () => {
  it('puts arms into one table where data and budget agree', async () => {
    stage.experiment('left');
    stage.experiment('right', { arms: [{ method: 'logitMatching', name: 'logits' }] });
    await stage.run({}, 'left');
    await stage.run({}, 'right');
    const { code, stdout } = await distillery('compare', 'left.distill.json', 'right.distill.json');
    expect(code).toBe(0);
    expect(stdout).toMatch(/left +kd +90/);
    expect(stdout).toMatch(/right +logits +90/);
  });

  it('takes one experiment too: its own arms', async () => {
    const { code, stdout } = await distillery('compare', 'left.distill.json', '--json');
    expect(code).toBe(0);
    const rows = JSON.parse(stdout) as { arm: { title: string } }[];
    expect(rows.map(({ arm }) => arm.title)).toEqual(['Scratch', 'kd']);
  });

  it('says which conditions of a verdict do not hold', async () => {
    expect((await distillery('compare', 'left.distill.json')).stdout).not.toContain('✕');
    rmSync(join(stage.root, 'runs', 'left', 'looks.jsonl'));
    const { stdout } = await distillery('compare', 'left.distill.json', 'right.distill.json');
    expect(stdout).toContain('left:\n  ✕ test set read but not listed in looks.jsonl');
  });

  it('says why it does not', async () => {
    stage.experiment('other', { data: { source: 'digits', split: { seed: 3 } } });
    const { code, stderr } = await distillery('compare', 'left.distill.json', 'other.distill.json');
    expect(code).toBe(1);
    expect(stderr).toContain('split their data differently');
  });
});
