import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commands, window, workspace } from 'vscode';
import { commandLine } from '../../../src/host/commands/copyCommand';
import { copyStudent } from '../../../src/host/commands/exports';
import { inputRows, labelRows } from '../../../src/host/commands/askTable';
import { inspectTable } from '../../../src/data/table/inspect';
import { registerCommands } from '../../../src/host/commands/register';
import { commandTable } from '../../../src/host/commands/table';
import { resolveExperiment, resolveRun, targetIn } from '../../../src/host/commands/resolveTarget';
import type { Host } from '../../../src/host/host';
import { withPolicy } from '../../../src/host/panel/report';
import { experimentView, runView } from './views';

describe('a command line to copy', () => {
  it('is taken by a shell as it was meant', () => {
    const words = [
      '/usr/bin/node',
      "/it's here/cli.js",
      'run',
      '/a b/$HOME "x".distill.json',
      '--only',
      'kd/seed-0',
    ];
    const line = commandLine(words, false, 'linux').replace('/usr/bin/node', 'printf "%s\\n"');
    expect(execFileSync('sh', ['-c', line], { encoding: 'utf8' }).trimEnd().split('\n')).toEqual(
      words.slice(1),
    );
  });

  it('makes Node of the editor’s Electron where there is no other', () => {
    expect(commandLine(['/opt/code', 'cli.js'], true, 'linux')).toBe(
      'ELECTRON_RUN_AS_NODE=1 /opt/code cli.js',
    );
    expect(commandLine(['C:\\My Code\\code.exe', 'cli.js'], true, 'win32')).toBe(
      '$env:ELECTRON_RUN_AS_NODE=1; & "C:\\My Code\\code.exe" cli.js',
    );
  });
});

describe('a report in the editor', () => {
  it('shows its styles, and lets nothing else in', () => {
    const html = withPolicy(
      '<!doctype html><html><head><title>t</title><style>b{}</style></head><body><script>x</script></body></html>',
      'n0nce',
    );
    expect(html).toContain('<style nonce="n0nce">b{}</style>');
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<title>'));
    expect(html).not.toContain('<script nonce');
    expect(html).toContain(`default-src 'none'`);
  });
});

describe('the columns of a table', () => {
  const folder = mkdtempSync(join(tmpdir(), 'distillery-table-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const rows = Array.from({ length: 30 }, (_, i) => `${i};2024-01-${10 + i};${i % 7},5;${'ab'[i % 2]}`);

  it('are shown with their first cells and what they are taken for, before anything is written', async () => {
    const file = join(folder, 'mine.csv');
    writeFileSync(file, ['nr;day;size;"kind; of"', ...rows].join('\r\n'));
    const look = await inspectTable(file);
    expect(labelRows(look).map(({ label }) => label)).toEqual(['kind; of', 'size', 'day', 'nr']);
    const inputs = inputRows(look, 'kind; of');
    expect(inputs.map(({ label, picked, description }) => [label, picked, description])).toEqual([
      ['nr', false, 'row numbers'],
      ['day', false, 'contains dates or times ("2024-01-10")'],
      ['size', true, 'numbers from 0.5 to 6.5'],
    ]);
    expect(inputs[2]?.detail).toBe('0,5  ·  1,5  ·  2,5  ·  3,5  ·  4,5');
    expect(readdirSync(folder)).toEqual(['mine.csv']);
    const ids = join(folder, 'ids.csv');
    writeFileSync(ids, 'case_id,x,kind\n41,0.5,a\n7,1.5,b\n99,2.5,a\n');
    expect((await inspectTable(ids)).columns.map(({ leaveOut }) => leaveOut)).toEqual([true, false, false]);
    rmSync(ids);
    const units = join(folder, 'units.csv');
    const lines = Array.from({ length: 60 }, (_, i) => `${i}.5 kg,${i + 1} 380,${i % 2 ? 'a' : 'b'}`);
    writeFileSync(units, `weight,price,kind\n${lines.join('\n')}\n`);
    const { columns } = await inspectTable(units);
    expect(columns.map(({ leaveOut }) => leaveOut)).toEqual([true, false, false]);
    // Not "more than 50 texts": the reason is the thousands separator, which reading refuses with its place.
    expect(columns[1]!.taken).toContain('"1 380"');
    rmSync(units);
  });

  it('are taken from the beginning of a large file, even where that ends within quotes', async () => {
    const file = join(folder, 'large.csv');
    writeFileSync(file, `x,text,kind\n${'1.5,"a\nb",k\n'.repeat(100_000)}`);
    const look = await inspectTable(file, {}, 10_001);
    expect([look.whole, look.separator, look.columns.length]).toEqual([false, ',', 3]);
  });
});

describe('exporting a student', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'distillery-export-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('copies model, weights and README into a folder of its own, and overwrites nothing', async () => {
    const run = { ...runView({ status: 'finished' }), folder: join(folder, 'seed-0') };
    mkdirSync(join(run.folder, 'model'), { recursive: true });
    for (const name of ['model.json', 'weights.bin', 'README.md'])
      writeFileSync(join(run.folder, 'model', name), name);
    const copied = await copyStudent(experimentView([run]), run, folder);
    expect(copied).toBe(join(folder, 'few-kd-seed-0'));
    expect(readdirSync(copied).sort()).toEqual(['README.md', 'model.json', 'weights.bin']);
    writeFileSync(join(copied, 'model.json'), 'mine');
    await expect(copyStudent(experimentView([run]), run, folder)).rejects.toThrow(/exists already/);
    expect(readFileSync(join(copied, 'model.json'), 'utf8')).toBe('mine');
  });

  it('says so where the model is gone', async () => {
    const run = { ...runView({ status: 'finished' }), folder };
    await expect(copyStudent(experimentView([run]), run, folder)).rejects.toThrow(/holds no model/);
  });
});

describe('what a command is about', () => {
  const views = [
    experimentView([runView({ status: 'finished' })]),
    experimentView([], { key: '/w/other.distill.json', name: 'other' }),
  ];
  const hostWith = (experiments: typeof views, selection?: object) =>
    ({
      store: { experiments, get: (key: string) => experiments.find((view) => view.key === key) },
      panels: { active: undefined },
      selection: () => selection,
    }) as unknown as Host;
  beforeEach(() => Object.assign(window, { activeTextEditor: undefined, showQuickPick: vi.fn() }));

  it('is what it was called with, before anything else', async () => {
    const host = hostWith(views, { experiment: views[0]?.key });
    expect(await resolveExperiment(host, { experiment: '/w/other.distill.json' })).toBe(views[1]);
  });

  it('is what the person looks at, else the only one, else the one picked', async () => {
    Object.assign(window, { activeTextEditor: { document: { fileName: '/w/other.distill.json' } } });
    expect(await resolveExperiment(hostWith(views), undefined)).toBe(views[1]);
    Object.assign(window, { activeTextEditor: undefined });
    expect(await resolveExperiment(hostWith(views.slice(0, 1)), undefined)).toBe(views[0]);
    const showQuickPick = vi.fn().mockResolvedValue({ view: views[1] });
    Object.assign(window, { showQuickPick });
    expect(await resolveExperiment(hostWith(views), undefined)).toBe(views[1]);
    expect(showQuickPick).toHaveBeenCalledTimes(1);
  });

  it('is said in a sentence where there is none', async () => {
    await expect(resolveExperiment(hostWith([]), undefined)).rejects.toThrow(/No experiment/);
    await expect(resolveExperiment(hostWith(views), { experiment: '/gone' })).rejects.toThrow(
      /not an experiment/,
    );
    await expect(resolveRun(hostWith(views), { experiment: '/w/other.distill.json' })).rejects.toThrow(
      /no run/,
    );
  });

  it('is never taken from something of another shape', () => {
    expect(targetIn({ experiment: 'relative' })).toBeUndefined();
    expect(targetIn({ experiment: 5 })).toBeUndefined();
    expect(targetIn('x')).toBeUndefined();
    expect(targetIn({ experiment: '/a', run: 5 })).toEqual({ experiment: '/a' });
  });
});

describe('a command in a folder that is not trusted', () => {
  const registered = new Map<string, (...all: unknown[]) => Promise<void>>();
  const log = { error: vi.fn(), show: vi.fn() };
  const showErrorMessage = vi.fn().mockResolvedValue(undefined);
  beforeEach(() => {
    registered.clear();
    showErrorMessage.mockClear();
    Object.assign(commands, {
      registerCommand: (id: string, action: (...all: unknown[]) => Promise<void>) =>
        registered.set(id, action),
    });
    Object.assign(window, { showErrorMessage });
    Object.assign(workspace, { isTrusted: false });
    registerCommands({ log, store: { experiments: [] } } as unknown as Host);
  });

  it.each(Object.keys(commandTable).filter((name) => commandTable[name]?.trusted))(
    '%s does nothing and says why',
    async (name) => {
      await registered.get(`distillery.${name}`)?.({ experiment: '/w/few.distill.json' });
      expect(showErrorMessage).toHaveBeenCalledWith(expect.stringContaining('needs your trust'), 'Show Log');
    },
  );

  it.each(Object.keys(commandTable).filter((name) => commandTable[name]?.reads))(
    '%s reads no run folder and says why',
    async (name) => {
      await registered.get(`distillery.${name}`)?.({ experiment: '/w/few.distill.json' });
      expect(showErrorMessage).toHaveBeenCalledWith(
        expect.stringContaining('only config files are read'),
        'Show Log',
      );
    },
  );

  it('does what needs no file', async () => {
    await registered.get('distillery.showLog')?.();
    expect(log.show).toHaveBeenCalled();
    expect(showErrorMessage).not.toHaveBeenCalled();
  });
});
