import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { QuickInputButtons, window, workspace } from 'vscode';
import { newExperiment } from '../../../src/host/commands/newExperiment';
import type { Host } from '../../../src/host/host';
import { inProcess } from '../../fixtures/inProcess';
import { FakeInput, type Reply, type Shown } from './quickInputs';

let folders: string[];
let shown: Shown[];
const opened: string[] = [];
const host = {
  store: { refresh: () => Promise.resolve() },
  reader: { now: inProcess },
} as unknown as Host;

beforeEach(() => {
  const top = mkdtempSync(join(tmpdir(), 'distillery-new-'));
  folders = ['one', 'two'].map((name) => join(top, name));
  for (const folder of folders) mkdirSync(folder);
  shown = [];
  opened.length = 0;
});
afterEach(() => rmSync(join(folders[0] ?? '', '..'), { recursive: true }));

/** Answers the questions in turn; Enter once the replies are used up. */
function answering(open: string[], ...replies: Reply[]): Promise<void> {
  const queue = [...replies];
  const input = () =>
    new FakeInput(QuickInputButtons.Back, (question) => {
      shown.push(question);
      return queue.shift() ?? 'enter';
    });
  Object.assign(workspace, {
    workspaceFolders: open.map((path) => ({ name: basename(path), uri: { scheme: 'file', fsPath: path } })),
  });
  Object.assign(window, {
    createQuickPick: input,
    createInputBox: input,
    showTextDocument: vi.fn((uri: { fsPath: string }) => opened.push(basename(uri.fsPath))),
    showErrorMessage: vi.fn(),
    withProgress: (_options: unknown, task: (...args: unknown[]) => unknown) =>
      task({ report: vi.fn() }, { onCancellationRequested: vi.fn() }),
  });
  return newExperiment(host);
}
const titles = () => shown.map(({ title }) => title.replace('New Experiment: ', ''));
const written = (folder: string | undefined) =>
  existsSync(join(folder ?? '', 'experiments')) ? readdirSync(join(folder ?? '', 'experiments')) : [];

describe('New Experiment', () => {
  it('asks five questions, counts them, and has a way back from the second on', async () => {
    await answering(folders.slice(0, 1));
    for (const { details } of shown) for (const detail of details) expect(detail).toBe(detail.trim());
    expect(titles()).toEqual(['data (1/5)', 'teacher (2/5)', 'student (3/5)', 'method (4/5)', 'name (5/5)']);
    expect(shown.map(({ hasBack }) => hasBack)).toEqual([false, true, true, true, true]);
    expect(written(folders[0])).toEqual(['few-labels']);
    expect(opened).toEqual(['few-labels.distill.json']);
  });

  it('asks first which folder where there are several', async () => {
    await answering(folders, { pick: 'two' });
    expect(titles()[0]).toBe('folder (1/6)');
    expect(shown[0]?.items).toEqual(['one', 'two']);
    expect(written(folders[0])).toEqual([]);
    expect(written(folders[1])).toEqual(['few-labels']);
  });

  it('keeps what was answered when a person goes back', async () => {
    await answering(folders.slice(0, 1), 'enter', 'enter', { pick: 'MLP 64-8-10' }, 'back', 'back', 'enter');
    expect(titles().slice(2, 6)).toEqual(['student (3/5)', 'method (4/5)', 'student (3/5)', 'teacher (2/5)']);
    expect(shown[4]?.active).toBe('MLP 64-8-10');
    expect(shown.at(-1)?.title).toContain('name');
    const files = readdirSync(join(folders[0] ?? '', 'experiments', 'few-labels'));
    expect(files).toContain('mlp-8.student.json');
  });

  it('writes nothing before the last answer', async () => {
    await answering(folders.slice(0, 1), 'enter', 'enter', 'enter', 'enter', 'escape');
    expect(readdirSync(folders[0] ?? '')).toEqual([]);
    expect(opened).toEqual([]);
  });

  it('takes no name that is taken, and overwrites nothing', async () => {
    await answering(folders.slice(0, 1));
    const file = join(folders[0] ?? '', 'experiments', 'few-labels', 'few-labels.distill.json');
    const before = readFileSync(file, 'utf8');
    shown = [];
    const enters: Reply[] = ['enter', 'enter', 'enter', 'enter'];
    await answering(folders.slice(0, 1), ...enters, { type: 'few-labels' }, 'escape');
    expect(shown.at(-2)?.value).toBe('few-labels-2');
    expect(shown.at(-1)?.value).toBe('few-labels');
    expect(written(folders[0])).toEqual(['few-labels']);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('opens the student’s file too for layers of one’s own', async () => {
    await answering(folders.slice(0, 1), 'enter', 'enter', { pick: 'Write my own layers' });
    expect(opened).toEqual(['few-labels.distill.json', 'my-student.student.json']);
  });

  describe('with a table of one’s own', () => {
    const table = (count: number, row: (i: number) => string) =>
      ['nr;day;size;kind', ...Array.from({ length: count }, (_, i) => row(i))].join('\n');
    const row = (i: number) => `${i};2024-03-${10 + (i % 9)};${i === 3 ? '' : `${i % 7},5`};${'ab'[i % 2]}`;
    /** Chooses the file, then answers. */
    async function answeringTable(text: string, ...replies: Reply[]) {
      const folder = folders[0]!;
      const file = join(folders[1]!, 'found.csv');
      writeFileSync(file, text);
      const showOpenDialog = vi.fn(() => Promise.resolve([{ fsPath: file }]));
      Object.assign(window, { showOpenDialog });
      await answering([folder], { pick: 'My data: CSV…' }, ...replies);
      return folder;
    }

    it('asks about its columns within the first step, and leaves ids and dates out', async () => {
      const folder = await answeringTable(table(150, row));
      expect(titles().slice(0, 5)).toEqual([
        'data (1/5)',
        'label column (1/5)',
        'input columns (1/5)',
        'missing cells (1/5)',
        'teacher (2/5)',
      ]);
      expect(shown.slice(0, 5).map(({ hasBack }) => hasBack)).toEqual([false, true, true, true, true]);
      for (const { details } of shown) for (const detail of details) expect(detail).toBe(detail.trim());
      expect(shown[1]!.items).toEqual(['kind', 'size', 'day', 'nr']);
      expect(shown[2]).toMatchObject({ items: ['nr', 'day', 'size'], picked: ['size'] });
      const text = readFileSync(join(folder, 'experiments/found/found.distill.json'), 'utf8');
      expect(text).toContain('"ignore": ["nr", "day"]');
      expect(text).toContain('"missing": "drop"');
      expect(text).toContain('"test": 50');
    });

    it('goes back one question at a time, to the choice of the data', async () => {
      const folder = await answeringTable(
        table(150, row),
        'enter',
        'enter',
        'back',
        'back',
        'back',
        'escape',
      );
      expect(titles()).toEqual([
        ...['data (1/5)', 'label column (1/5)', 'input columns (1/5)', 'missing cells (1/5)'],
        ...['input columns (1/5)', 'label column (1/5)', 'data (1/5)'],
      ]);
      expect(readdirSync(folder)).toEqual([]);
    });

    it('writes nothing when a question about the columns is cancelled', async () => {
      const folder = await answeringTable(table(150, row), 'enter', 'escape');
      expect(shown.at(-1)!.title).toContain('input columns');
      expect(readdirSync(folder)).toEqual([]);
    });

    it('says that the rows are too few, and asks again', async () => {
      const folder = await answeringTable(table(40, row), 'enter', 'enter', 'enter', 'escape');
      expect(window.showErrorMessage).toHaveBeenCalledWith(
        expect.stringContaining('39 examples are too few for a verdict'),
      );
      expect(readdirSync(folder)).toEqual([]);
    });
  });
});
