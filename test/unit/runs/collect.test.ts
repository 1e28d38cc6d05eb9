import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatNpy } from '../../../src/data/npy';
import { stream } from '../../../src/data/random';
import { collectSummary } from '../../../src/runs/collect';
import { estimateSeconds } from '../../../src/runs/estimate';
import type { PlanItem, ResultFile } from '../../../src/runs/files';
import { absoluteFolder, createRun, writeEngine } from '../../../src/runs/folder';
import { runFiles } from '../../../src/runs/layout';
import { appendLook } from '../../../src/runs/jsonLines';
import { prepare, type Prepared } from '../../../src/runs/prepare';
import { numerics, temporaryFolder, writeExperiment } from './fixtures';
import { inProcess } from '../../fixtures/inProcess';

const CLASSES = 10;
const sizes = { validation: 297, test: 500 };
const put = (file: string, content: string | Uint8Array) => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
};

/** Predictions that are right for the first so many examples. */
function putPredictions(folder: string, part: 'validation' | 'test', right: number): void {
  const count = sizes[part];
  const labels = Int32Array.from({ length: count }, (_, i) => i % CLASSES);
  const logits = stream(0, 'noise').fillUniform(new Float32Array(count * CLASSES));
  for (let i = 0; i < count; i++) logits[i * CLASSES + ((labels[i]! + (i < right ? 0 : 1)) % CLASSES)]! += 9;
  put(runFiles(folder).predictions(part), formatNpy(logits, [count, CLASSES]));
  put(runFiles(folder).labels(part), formatNpy(labels, [count]));
}

async function finish(
  { experiment, plan }: Prepared,
  item: PlanItem,
  accuracy: number,
  seconds = 2,
): Promise<string> {
  const folder = absoluteFolder(experiment!.root, item);
  const draft = plan!.drafts.get(item.id)!;
  await createRun(folder, draft, numerics, { distillery: '0.1.0', tensorflow: '4.22.0' });
  const right = Math.round(accuracy * sizes.validation);
  putPredictions(folder, 'validation', right);
  const result: ResultFile = {
    schemaVersion: 1,
    attempt: 1,
    steps: draft.steps,
    selectedStep: draft.steps,
    parameters: 610,
    bytes: 2440,
    validation: { accuracy: right / sizes.validation, loss: 1, ece: 0 },
    trainedTogether: 1,
    trainingSeconds: seconds,
    cpuSeconds: 4.2,
    peakBytes: 151_000_000,
    weights: 'w',
    numTensors: { first: 1, last: 1 },
  };
  put(runFiles(folder).result, JSON.stringify(result));
  return folder;
}

async function begun(seeds = 4): Promise<{ file: string; prepared: Prepared }> {
  const root = temporaryFolder();
  const file = writeExperiment(root, { experiment: { seeds, description: 'Does it help?' } });
  const first = await prepare(file, inProcess);
  writeEngine(first.experiment!.runsFolder, {
    schemaVersion: 1,
    numerics,
    why: 'There.',
    tried: [],
    time: 'now',
  });
  return { file, prepared: await prepare(file, inProcess) };
}
const runs = ({ plan }: Prepared) =>
  plan!.items.filter((item) => item.kind === 'run' || item.kind === 'teacher');

describe('collectSummary', () => {
  it('shows what is there of a plan that has not begun', async () => {
    const { prepared } = await begun();
    const summary = await collectSummary(prepared);
    expect(summary).toMatchObject({
      experiment: 'few',
      description: 'Does it help?',
      part: 'validation',
      complete: false,
      planned: { seeds: 4, finished: 0 },
      examples: { train: 1000, labelled: 100, validation: 297, test: 500 },
      engine: { name: 'portable', why: 'There.' },
      looks: 0,
    });
    expect(summary.scratch?.seeds.map((seed) => seed.status)).toEqual(Array(4).fill('queued'));
    expect(summary.comparisons[0]?.verdict).toBeNull();
  });

  it('counts what the predictions say, of each part as it is opened', async () => {
    const { file, prepared } = await begun();
    const folders: [PlanItem, string][] = [];
    for (const item of runs(prepared)) {
      const accuracy = item.kind === 'teacher' ? 0.97 : item.arm === 'scratch' ? 0.85 : 0.92;
      folders.push([item, await finish(prepared, item, accuracy + 0.002 * (item.seed ?? 0))]);
    }
    const sealed = await collectSummary(prepared);
    expect(sealed).toMatchObject({ part: 'validation', complete: false });
    expect(sealed.scratch?.validation?.mean).toBeCloseTo(0.85 + 0.003, 2);
    expect(sealed.scratch?.test).toBeNull();

    const looked = folders.filter(([item]) => item.kind === 'run').map(([item]) => item);
    const lookAt = (items: PlanItem[]) =>
      items.map(({ arm, seed, identity }) => ({ arm: arm!, seed: seed!, identity }));
    appendLook(prepared.experiment!.runsFolder, { time: 'now', runs: lookAt(looked) });
    for (const [item, folder] of folders)
      putPredictions(folder, 'test', item.kind === 'teacher' ? 480 : item.arm === 'scratch' ? 420 : 460);
    const open = await collectSummary(prepared);
    expect(open).toMatchObject({ part: 'test', complete: true, looks: 1 });
    expect(open.scratch?.test?.mean).toBeCloseTo(0.84, 10);
    expect(open.teacher?.test?.mean).toBeCloseTo(0.96, 10);
    const [comparison] = open.comparisons;
    expect(comparison).toMatchObject({ arm: 'kd-t4-a0-9', primary: true, look: 1, verdict: 'BEATS' });
    expect(comparison!.mean).toBeCloseTo(0.08, 10);
    expect(comparison!.sentence).toContain('the teacher’s other 900 labels also influenced the student');
    expect(open.arms[0]).toMatchObject({ parameters: 610, bytes: 2440 });

    // An arm that was renamed is known by its runs: a look at it stays a look at it.
    writeExperiment(prepared.experiment!.root, {
      experiment: { seeds: 4, arms: [{ method: 'hinton', temperature: 4, alpha: 0.9, name: 'Best' }] },
    });
    const renamed = await collectSummary(await prepare(file, inProcess));
    expect(renamed.comparisons[0]).toMatchObject({ arm: 'best', look: 1, verdict: 'BEATS' });
  });

  it('says which predictions are damaged', async () => {
    const { prepared } = await begun();
    const item = runs(prepared)[1]!;
    const folder = await finish(prepared, item, 0.9);
    put(runFiles(folder).labels('validation'), formatNpy(new Int32Array(3), [3]));
    await expect(collectSummary(prepared)).rejects.toThrow(
      'has the shape [297, 10]; [3, classes] was expected',
    );
  });
});

describe('estimateSeconds', () => {
  it('gets less with every finished run, and is nothing at the end', async () => {
    const { prepared } = await begun(2);
    let before = await estimateSeconds(prepared, 1);
    expect(before).toBeGreaterThan(0);
    expect(await estimateSeconds(prepared, 2)).toBeLessThan(before);
    for (const item of runs(prepared)) {
      await finish(prepared, item, 0.9, 0.1);
      const after = await estimateSeconds(prepared, 1);
      expect(after).toBeLessThan(before);
      before = after;
    }
    // The test set, latencies and the report are left.
    expect(before).toBeGreaterThan(0);
    for (const item of runs(prepared)) {
      const folder = absoluteFolder(prepared.experiment!.root, item);
      putPredictions(folder, 'test', 100);
      put(runFiles(folder).cost, '{}');
    }
    expect(await estimateSeconds(prepared, 1)).toBe(0);
  });

  it('counts less for runs that train together', async () => {
    const { prepared } = await begun(9);
    const on = (variant: string) =>
      estimateSeconds({ ...prepared, numerics: { ...numerics, engine: 'portable', variant } }, 1);
    expect(await on('wasm-simd-kernels')).toBeLessThan(0.7 * (await on('wasm-simd')));
  });

  it('learns from what runs took', async () => {
    const slow = await begun(2);
    const quick = await begun(2);
    await finish(slow.prepared, runs(slow.prepared)[0]!, 0.9, 300);
    await finish(quick.prepared, runs(quick.prepared)[0]!, 0.9, 0.1);
    expect(await estimateSeconds(slow.prepared, 1)).toBeGreaterThan(
      20 * (await estimateSeconds(quick.prepared, 1)),
    );
  });
});
