import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { formatNpy } from '../../../src/data/npy';
import { PanelLaboratory } from '../../../src/host/panel/laboratory';
import type { ExperimentView } from '../../../src/host/store/views';
import { collectSummary } from '../../../src/runs/collect';
import { runFiles } from '../../../src/runs/layout';
import { prepare } from '../../../src/runs/prepare';
import { plantEngine, plantExperiment, plantResult, plantRun } from '../../fixtures/runFolders';
import { experimentView, runView } from './views';
import { inProcess } from '../../fixtures/inProcess';
import { eventually } from '../eventually';

const log = { error: (message: string) => expect.fail(message) };
let root: string;
let view: ExperimentView;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'distillery-laboratory-'));
  const file = plantExperiment(root);
  await plantEngine(file);
  const { plan } = await prepare(file, inProcess);
  const runs = plan!.items.filter(({ kind, seed }) => kind === 'teacher' || (kind === 'run' && seed! < 2));
  for (const [salt, { id }] of runs.entries()) {
    const planted = await plantRun(file, id);
    const { classes, counts } = planted.run.data;
    const logits = Float32Array.from(
      { length: counts.validation * classes.length },
      (_, i) => 5 * Math.sin(i * (1 + salt / 50)),
    );
    const labels = Int32Array.from({ length: counts.validation }, (_, i) => i % classes.length);
    const files = runFiles(planted.folder);
    mkdirSync(dirname(files.predictions('validation')), { recursive: true });
    writeFileSync(files.predictions('validation'), formatNpy(logits, [counts.validation, classes.length]));
    writeFileSync(files.labels('validation'), formatNpy(labels, [counts.validation]));
    plantResult(planted, 0.9);
  }
  const summary = await collectSummary(await prepare(file, inProcess));
  view = { ...experimentView([]), summary };
});
afterAll(() => rmSync(root, { recursive: true }));

const runOf = (seed: number) => {
  const { folder } = view.summary!.arms[0]!.seeds[seed]!;
  return { ...runView(), id: folder, folder };
};

it('is read once beside the posts, asks for a post when it is there, and again when another run is shown', async () => {
  const changed = vi.fn();
  const laboratory = new PanelLaboratory(changed, log, { now: inProcess });
  expect(laboratory.of(view, runOf(0), null)).toEqual({
    ...{ laboratory: null, laboratoryRead: false, example: null },
  });
  await eventually(() => expect(changed).toHaveBeenCalled());
  const { laboratory: first, laboratoryRead } = laboratory.of(view, runOf(0), null);
  expect(laboratoryRead).toBe(true);
  expect(first).toMatchObject({ run: runOf(0).id, seed: 0 });
  expect(first!.measured!.entropy.scratch).not.toBeNull();
  expect(laboratory.of(view, runOf(0), null).laboratory).toBe(first);

  // Another run's numbers are never shown as this one's.
  expect(laboratory.of(view, runOf(1), null).laboratory).toBeNull();
  await eventually(() => expect(laboratory.of(view, runOf(1), null).laboratory).toMatchObject({ seed: 1 }));
});

it('finds the row that was asked for, or says why there is none', async () => {
  const laboratory = new PanelLaboratory(() => undefined, log, { now: inProcess });
  const wait = async (row: number) => {
    expect(laboratory.of(view, runOf(0), row).example).toEqual({ row, found: null, problem: null });
    return eventually(() => {
      const { example } = laboratory.of(view, runOf(0), row);
      expect(example!.found ?? example!.problem).not.toBeNull();
      return example!;
    });
  };
  expect((await wait(5_000_000)).problem).toBe('There is no row 5000000. The data have rows 0 to 1,796.');
  const { problem } = await wait(0);
  const nearest = Number(/row (\d+)\.$/.exec(problem ?? '')?.[1]);
  const { found } = await wait(nearest);
  expect(found).toMatchObject({ row: nearest, part: 'validation', shape: [8, 8, 1] });
  expect([
    found!.input.length,
    found!.teacher!.length,
    found!.student.length,
    found!.scratch!.length,
  ]).toEqual([64, 10, 10, 10]);
});

it('an example of a run is not shown beside another, however the readings end', async () => {
  const laboratory = new PanelLaboratory(() => undefined, log, { now: inProcess });
  const row = 5_000_000;
  laboratory.of(view, runOf(0), row);
  await eventually(() => expect(laboratory.of(view, runOf(0), row).example!.problem).not.toBeNull());
  expect(laboratory.of(view, runOf(1), row).example).toEqual({ row, found: null, problem: null });
});
