import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadedEngine } from '../../../src/engines/engine';
import { layout } from '../../../src/runs/layout';
import { loadTrainingData } from '../../../src/trainer/trainingData';
import type { RunFile } from '../../../src/runs/files';
import { peakMemory } from '../workers/memory';
import { planRun, SOFT_TARGETS, trainOnce, writeData, writeFlatTargets, type Plan } from './realRun';

/** What a data set of so many rows costs a trainer. */
export interface RowsCost {
  rows: number;
  /** On the disk. */
  dataMB: number;
  softTargetsMB: number;
  loadMs: number;
  trainMs: number;
  /** Resident: with the engine alone, and the most. */
  idleMemoryMB: number;
  peakMemoryMB: number;
}

export interface Prepared {
  root: string;
  run: RunFile;
}

/** In a process of its own, since drawing and describing data takes memory too. */
export async function prepareRows(folder: string, engine: LoadedEngine, plan: Plan): Promise<Prepared> {
  const root = join(folder, `rows ${plan.rows}`);
  writeData(root, plan);
  const run = await planRun(root, engine, plan);
  const data = await loadTrainingData(run, root);
  await writeFlatTargets(root, data);
  return { root, run };
}

export async function measureRows(engine: LoadedEngine, plan: Plan, prepared: Prepared): Promise<RowsCost> {
  const { root, run } = prepared;
  const idleMemoryMB = peakMemory();
  const begun = performance.now();
  const data = await loadTrainingData(run, root);
  const loadMs = performance.now() - begun;
  const { all } = await trainOnce(root, engine, run, data, true);
  const megabytes = (file: string) => statSync(file).size / 1e6;
  return {
    rows: plan.rows,
    dataMB: megabytes(join(root, 'inputs.npy')),
    softTargetsMB: megabytes(layout.softTargets(root, SOFT_TARGETS)),
    loadMs,
    trainMs: all,
    idleMemoryMB,
    peakMemoryMB: peakMemory(),
  };
}
