import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { discover } from '../../../src/runs/discover';
import { removedRunFolders } from '../../../src/runs/removedRuns';
import { SCHEMA_VERSION } from '../../../src/runs/files';
import {
  absoluteFolder,
  createRun,
  readEngine,
  readResult,
  readRunFile,
  writeEngine,
} from '../../../src/runs/folder';
import { runFiles } from '../../../src/runs/layout';
import { planExperiment } from '../../../src/runs/plan';
import { prepare } from '../../../src/runs/prepare';
import { experiment, facts, makeExperiment, numerics, temporaryFolder, writeExperiment } from './fixtures';
import { inProcess } from '../../fixtures/inProcess';

const versions = { distillery: '0.1.0', tensorflow: '4.22.0' };
const someDraft = () =>
  planExperiment(makeExperiment(temporaryFolder()), facts, numerics).drafts.get('scratch/seed-0')!;

describe('a run folder', () => {
  it('gets its run.json once', async () => {
    const folder = join(temporaryFolder(), 'run');
    const first = await createRun(folder, someDraft(), numerics, versions);
    const again = await createRun(folder, { ...someDraft(), experiment: 'renamed' }, numerics, versions);
    expect(again).toEqual(first);
    expect((await readRunFile(folder)).value).toEqual(first);
  });

  it('is not shared by two runs', async () => {
    const folder = join(temporaryFolder(), 'run');
    await createRun(folder, someDraft(), numerics, versions);
    const other = { ...someDraft(), identity: 'other' };
    await expect(createRun(folder, other, numerics, versions)).rejects.toThrow('belongs to another run');
  });

  it('is read as far as it can be when a newer Distillery wrote it', async () => {
    const folder = join(temporaryFolder(), 'run');
    const run = await createRun(folder, someDraft(), numerics, versions);
    writeFileSync(
      runFiles(folder).run,
      JSON.stringify({ ...run, schemaVersion: SCHEMA_VERSION + 1, novelty: true }),
    );
    const { value, problem } = await readRunFile(folder);
    expect(value?.identity).toBe(run.identity);
    expect(problem).toBe(
      `Written with format version ${SCHEMA_VERSION + 1}; this version of Distillery knows ${SCHEMA_VERSION}. Showing what can be read.`,
    );
    writeFileSync(runFiles(folder).run, JSON.stringify({ schemaVersion: SCHEMA_VERSION + 1 }));
    expect(await readRunFile(folder)).toMatchObject({ value: null, problem });
  });

  it.each([
    ['{"schemaVersion": 1, "att', 'is not complete JSON'],
    ['{"schemaVersion": 1, "attempt": "one"}', 'attempt: '],
    ['[]', 'See docs/run-folder.md'],
  ])('says what is wrong with %s', async (text, words) => {
    const folder = temporaryFolder();
    writeFileSync(runFiles(folder).result, text);
    const { value, problem } = await readResult(folder);
    expect(value).toBeNull();
    expect(problem).toContain(words);
    expect(problem).toContain(runFiles(folder).result);
  });

  it('that is missing is no problem', async () => {
    expect(await readResult(join(temporaryFolder(), 'none'))).toEqual({ value: null, problem: null });
  });
});

describe('discover', () => {
  it('finds experiments and run folders, and leaves out what is not ours', async () => {
    const root = temporaryFolder();
    const put = (path: string) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), '{}');
    };
    for (const path of [
      'b/two.distill.json',
      'a/one.distill.json',
      'node_modules/x/no.distill.json',
      '.git/no.distill.json',
      'runs/one/kd-123456/seed-0/run.json',
      'runs/one/kd-123456/seed-0/model/run.json',
      'runs/one/plan.json',
    ])
      put(path);
    expect(await discover(root)).toEqual({
      experiments: [join(root, 'a/one.distill.json'), join(root, 'b/two.distill.json')],
      runs: [join(root, 'runs/one/kd-123456/seed-0')],
    });
    expect(await discover(join(root, 'nowhere'))).toEqual({ experiments: [], runs: [] });
  });

  it('tells the runs that the file does not ask for any more', async () => {
    const root = temporaryFolder();
    const file = writeExperiment(root);
    const { plan } = await prepare(file, inProcess);
    for (const item of plan!.items.filter((one) => one.kind === 'run'))
      await createRun(absoluteFolder(root, item), plan!.drafts.get(item.id)!, numerics, versions);
    expect(await removedRunFolders(await prepare(file, inProcess))).toEqual([]);
    writeExperiment(root, { experiment: { seeds: 1, arms: [{ method: 'hinton', temperature: 9 }] } });
    const stale = await removedRunFolders(await prepare(file, inProcess));
    expect(stale.map((folder) => folder.slice(root.length).replaceAll(/-[0-9a-f]{6}/g, ''))).toEqual([
      '/runs/few/kd-t4-a0-9/seed-0',
      '/runs/few/kd-t4-a0-9/seed-1',
      '/runs/few/scratch/seed-1',
    ]);
  });
});

describe('prepare', () => {
  it('reads, checks and plans, with the engine of engine.json, and writes nothing', async () => {
    const root = temporaryFolder();
    const file = writeExperiment(root);
    const before = await prepare(file, inProcess);
    expect(before.diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
    expect(before.facts?.counts).toEqual({ train: 1000, labelled: 100, validation: 297, test: 500 });
    expect(before.engine).toBeNull();
    expect((await discover(root)).runs).toEqual([]);
    const engine = { schemaVersion: 1, numerics, why: 'It is there.', tried: [], time: 'now' };
    writeEngine(before.experiment!.runsFolder, engine);
    expect((await readEngine(before.experiment!.runsFolder)).value).toEqual(engine);
    const after = await prepare(file, inProcess);
    expect(after.engine).toEqual(engine);
    expect(after.plan!.items[0]!.identity).not.toBe(before.plan!.items[0]!.identity);
  });

  it('points at the data where they cannot be used', async () => {
    const root = temporaryFolder();
    const csv = join(root, 'experiments', 'data.csv');
    const file = writeExperiment(root, {
      experiment: { data: { source: 'csv', file: 'data.csv', label: 'y' } },
    });
    expect((await prepare(file, inProcess)).diagnostics.map((d) => d.code)).toContain('missing-file');
    writeFileSync(csv, 'x,y\n1,a\n2\n');
    const { diagnostics, experiment: read, plan } = await prepare(file, inProcess);
    const [error] = diagnostics.filter((d) => d.severity === 'error');
    expect(error).toMatchObject({ code: 'unusable-data', file });
    expect(error!.message).toContain('data.csv, line 3: the row has 1 cells, but the header has 2');
    expect(readFileSync(file, 'utf8').slice(error!.offset, error!.offset + error!.length)).toBe('"data"');
    expect(read).not.toBeNull();
    expect(plan).toBeNull();
    // Mended: nothing that was remembered stands in the way.
    writeFileSync(csv, `x,y\n${Array.from({ length: 40 }, (_, i) => `${i},${i % 2}\n`).join('')}`);
    expect((await prepare(file, inProcess)).facts?.count).toBe(40);
  });

  it('lets the lint say at its place that there are too few labels', async () => {
    const data = { ...experiment.data, labels: { count: 5000 } };
    const file = writeExperiment(temporaryFolder(), { experiment: { data } });
    const codes = (await prepare(file, inProcess)).diagnostics
      .filter((d) => d.severity === 'error')
      .map((d) => d.code);
    expect(codes).toEqual(['too-many-labels']);
  });

  it('has no plan where a file cannot be read', async () => {
    const file = writeExperiment(temporaryFolder(), { student: { layers: [] } });
    expect(await prepare(file, inProcess)).toMatchObject({ experiment: null, plan: null, facts: null });
  });
});
