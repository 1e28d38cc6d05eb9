import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ExperimentRecord } from '../../../src/host/store/experimentRecord';
import { shareDone, statusOf, validationOf } from '../../../src/host/store/views';
import { acquireLease } from '../../../src/runs/lease';
import { experimentFiles, runFiles } from '../../../src/runs/layout';
import {
  endEvent,
  plantDeadLease,
  plantEngine,
  plantExperiment,
  plantResult,
  plantRun,
  stepEvent,
} from '../../fixtures/runFolders';
import { inProcess } from '../../fixtures/inProcess';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'distillery-host-'));
  file = plantExperiment(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const loaded = async (key = file, runnable = true) => {
  const record = new ExperimentRecord(key, runnable, { now: inProcess });
  await record.load();
  return record;
};
const runOf = (record: ExperimentRecord, planId: string) => {
  const run = record.runs.find((one) => one.planId === planId);
  if (!run) throw new Error(`${planId} is not among ${record.runs.map((one) => one.planId).join(', ')}`);
  return run;
};
const firstSeed = (record: ExperimentRecord) =>
  record.runs.find((run) => run.kind === 'distilled' && run.seed === 0)?.planId ?? '';

describe('an experiment that was never run', () => {
  it('asks for scratch and every arm of the file, a run a seed, beside one teacher', async () => {
    const record = await loaded();
    expect(record.state).toBe('empty');
    expect(record.runs.filter((run) => run.kind === 'teacher')).toHaveLength(1);
    expect(record.runs.filter((run) => run.kind === 'scratch').map((run) => run.seed)).toEqual([
      0, 1, 2, 3, 4,
    ]);
    expect(record.missing).toBe(record.runs.length);
    expect(record.estimate).toBeGreaterThan(0);
    expect(record.networks.student).toMatchObject({ title: 'MLP 64-16-10', parameters: 1210 });
  });

  it('says the problems of its files, and goes on when they are mended', async () => {
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('"alpha": 0.9', '"alpha": 9'));
    const record = await loaded();
    expect(record.diagnostics.map((d) => d.severity)).toContain('error');
    expect(record.runs).toEqual([]);
    writeFileSync(file, text);
    await record.load();
    expect(record.runs.length).toBeGreaterThan(10);
  });
});

describe('following runs', () => {
  it('sees what somebody else starts, reads its events as they come, and its end', async () => {
    const record = await loaded();
    await plantEngine(file);
    expect(await record.poll()).toBe(true);
    const id = firstSeed(record);
    const planted = await plantRun(file, id);
    const lease = await acquireLease(runFiles(planted.folder).lease, 1);
    planted.write(...[1, 2, 3].map((step) => stepEvent(step, Date.now(), 1 / step)));
    expect(await record.poll()).toBe(true);
    expect(statusOf(runOf(record, id))).toBe('running');
    expect(record.state).toBe('running');
    expect(runOf(record, id).history.lines().raw['distillation']?.y).toEqual([2, 1, 2 / 3]);
    expect(shareDone(runOf(record, id))).toBeCloseTo(3 / planted.run.steps);

    plantResult(planted, 0.925);
    lease.release();
    await record.poll();
    expect(statusOf(runOf(record, id))).toBe('finished');
    expect(validationOf(runOf(record, id))).toBe(0.925);
    expect(record.state).toBe('finished');
    expect(record.missing).toBe(record.runs.length - 1);
    expect(await record.poll()).toBe(false);
  });

  it('calls a run interrupted whose process is gone without an end', async () => {
    await plantEngine(file);
    const id = firstSeed(await loaded());
    const planted = await plantRun(file, id);
    planted.write(stepEvent(1, Date.now(), 1));
    plantDeadLease(planted.folder);
    const record = await loaded();
    expect(statusOf(runOf(record, id))).toBe('interrupted');
    expect(record.state).toBe('interrupted');
  });

  it('keeps why a run failed', async () => {
    await plantEngine(file);
    const id = firstSeed(await loaded());
    const planted = await plantRun(file, id);
    planted.write(endEvent('failed', 37, 'The distillation loss became NaN at step 37.', 'nan'));
    const record = await loaded();
    expect(record.state).toBe('failed');
    expect(runOf(record, id).state).toMatchObject({
      cause: 'nan',
      message: 'The distillation loss became NaN at step 37.',
    });
  });

  it('reads a history once, although two ask for it at the same time', async () => {
    await plantEngine(file);
    const id = firstSeed(await loaded());
    const planted = await plantRun(file, id);
    planted.write(...[1, 2, 3, 4].map((step) => stepEvent(step, step, step)));
    plantResult(planted, 0.9);
    const record = await loaded();
    expect(runOf(record, id).history.step).toBe(0);
    await Promise.all([record.follow([planted.folder]), record.poll(), record.follow([planted.folder])]);
    expect(runOf(record, id).history.lines().total.x).toEqual([1, 2, 3, 4]);
  });

  it('tells the numbers anew when the runner ends, although no run changed', async () => {
    await plantEngine(file);
    const record = await loaded();
    const lease = await acquireLease(experimentFiles(record.runsFolder).runner, 1);
    await record.poll();
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await record.poll();
    const before = record.summary;
    lease.release();
    await record.poll();
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await record.poll();
    expect(before).not.toBeNull();
    expect(record.summary).not.toBe(before);
  });

  it('says running while a runner holds the lease, and stopping once a stop is asked for', async () => {
    await plantEngine(file);
    const record = await loaded();
    const files = experimentFiles(record.runsFolder);
    const lease = await acquireLease(files.runner, 1);
    await record.poll();
    expect(record.state).toBe('running');
    writeFileSync(files.stop, '');
    await record.poll();
    expect(record.state).toBe('stopping');
    lease.release();
  });
});

describe('runs that the file no longer asks for', () => {
  it('stay, beside the new ones', async () => {
    await plantEngine(file);
    const planted = await plantRun(file, firstSeed(await loaded()));
    plantResult(planted, 0.9);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"temperature": 4', '"temperature": 8'));
    const record = await loaded();
    const old = record.runs.filter((run) => run.planId === null);
    expect(old.map((run) => run.folder)).toEqual([planted.folder]);
    expect(old.map(statusOf)).toEqual(['finished']);
    rmSync(planted.folder, { recursive: true });
    expect(await record.poll()).toBe(true);
    expect(record.runs.every((run) => run.planId !== null)).toBe(true);
  });

  it('are read without a file too, from a folder that was added', async () => {
    await plantEngine(file);
    const planted = await plantRun(file, firstSeed(await loaded()));
    plantResult(planted, 0.9);
    const record = await loaded(join(folder, 'runs'), false);
    expect(record.runs.map((run) => run.folder)).toEqual([planted.folder]);
    expect(record.missing).toBe(0);
    expect(record.state).toBe('finished');
    expect(record.summary).toMatchObject({ part: 'validation', scratch: null, planned: { finished: 1 } });
    await plantRun(file, 'teacher');
    expect(await record.poll()).toBe(true);
    expect(record.runs).toHaveLength(2);
  });

  it('are gone when their folder is', async () => {
    await plantEngine(file);
    const id = firstSeed(await loaded());
    const planted = await plantRun(file, id);
    plantResult(planted, 0.9);
    const record = await loaded();
    expect(statusOf(runOf(record, id))).toBe('finished');
    rmSync(planted.folder, { recursive: true });
    expect(await record.poll()).toBe(true);
    expect(statusOf(runOf(record, id))).toBe('queued');
    expect(record.state).toBe('empty');
  });
});
