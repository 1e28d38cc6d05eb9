import fs, { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Reader } from '../../../src/data/reader';
import { problemsOf } from '../../../src/host/panel/problems';
import { childrenOf, experimentNode } from '../../../src/host/sidebar/nodes';
import { treeRow } from '../../../src/host/sidebar/rows';
import { ExperimentRecord } from '../../../src/host/store/experimentRecord';
import { inProcess } from '../../fixtures/inProcess';
import { plantEngine, plantExperiment, plantResult, plantRun } from '../../fixtures/runFolders';

let folder: string;
let file: string;
/** Paths below the folder that were opened or read, by whatever function. */
let read: Set<string>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'distillery-untrusted-'));
  file = plantExperiment(folder);
  await plantEngine(file);
  plantResult(await plantRun(file, 'teacher'), 0.9);
  savedModel();
  read = new Set();
  const spied = [
    ...(['readFileSync', 'openSync', 'createReadStream', 'readFile', 'open', 'opendirSync'] as const).map(
      (name) => [fs, name] as const,
    ),
    ...(['readFile', 'open', 'readdir', 'opendir'] as const).map((name) => [fs.promises, name] as const),
  ];
  for (const [module, name] of spied) {
    const original = (module as unknown as Record<string, (...all: unknown[]) => unknown>)[name]!;
    vi.spyOn(module as never, name as never).mockImplementation((path: unknown, ...rest: unknown[]) => {
      if (typeof path === 'string' && path.startsWith(folder)) read.add(relative(folder, path));
      return original.call(module, path, ...rest);
    });
  }
  syncBuiltinESMExports();
});
afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
  rmSync(folder, { recursive: true, force: true });
});

/** Makes the teacher a saved model that is damaged, and so said where anybody looks. */
function savedModel(): void {
  const teacher = join(dirname(file), 'saved.teacher.json');
  writeFileSync(teacher, '{ "model": "model/model.json" }');
  mkdirSync(join(dirname(file), 'model'));
  writeFileSync(join(dirname(file), 'model', 'model.json'), 'damaged');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/"teacher": "[^"]*"/, '"teacher": "saved.teacher.json"'));
}

it('of a workspace that is not trusted only config files are read', async () => {
  const record = new ExperimentRecord(file, true, { now: null });
  await record.load();
  await record.poll();
  await record.follow([]);
  expect(record.experiment?.teacher.name).toBe('saved');
  expect(record).toMatchObject({ unread: true, runs: [], plan: null, summary: null, state: 'empty' });
  expect(record.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(
    [...read].filter((path) => !/\.(distill|teacher|student)\.json$|^distillery\.json$/.test(path)),
  ).toEqual([]);
  expect(read.size).toBeGreaterThan(2);
});

it('sidebar and panel say so', async () => {
  const record = new ExperimentRecord(file, true, { now: null });
  await record.load();
  expect(treeRow(experimentNode(record)).description).toBe('workspace not trusted');
  expect(childrenOf(experimentNode(record))).toEqual([]);
  expect(problemsOf(record, 0).map(({ text }) => text)).toEqual([
    expect.stringContaining('only config files are read'),
  ]);
});

it('when trust is granted everything appears', async () => {
  const readable: { now: Reader | null } = { now: null };
  const record = new ExperimentRecord(file, true, readable);
  await record.load();
  readable.now = inProcess;
  expect(await record.poll()).toBe(false);
  await record.load();
  expect(record.unread).toBe(false);
  expect(record.diagnostics.map(({ code }) => code)).toContain('bad-model');
  expect([...read].filter((path) => path.endsWith('model.json'))).toHaveLength(1);
});
