import { mlp, type Workload } from '../workloads';
import { ask } from './ask';
import type { OurEngine, Question, StepCost } from './main';
import type { Plan } from './realRun';
import type { Prepared, RowsCost } from './rows';

/** A point of a curve; what could not be measured says why. */
export type Point<T> = { size: number } & (T | { failed: string });

export interface Growth {
  engine: OurEngine;
  width: Point<StepCost>[];
  batch: Point<StepCost>[];
  classes: Point<StepCost>[];
  rows: Point<RowsCost>[];
}

const WIDTHS = [64, 256, 1024, 4096];
const BATCHES = [1, 8, 32, 128, 1024];
const CLASSES = [10, 100, 1_000, 10_000, 100_000];
const ROWS = [1_000, 10_000, 100_000, 1_000_000];
const LIMIT_MS = 1500;
const ROW_WIDTH = 64;

export async function growth(
  folder: string,
  engine: OurEngine,
  say: (sentence: string) => void,
): Promise<Growth> {
  const step = (size: number, workload: Pick<Workload, 'inputShape' | 'classes' | 'batchSize' | 'network'>) =>
    point<StepCost>(folder, size, {
      ...{ ask: 'step', engine, limitMs: LIMIT_MS },
      workload: { id: '', title: '', ...workload, teacher: 'given' },
    });
  const flat = { inputShape: [784], classes: 10, batchSize: 128 };
  const curve = async <T>(name: string, sizes: number[], measure: (size: number) => Promise<Point<T>>) => {
    say(`  ${engine}: ${name}`);
    const points: Point<T>[] = [];
    for (const size of sizes) points.push(await measure(size));
    return points;
  };
  return {
    engine,
    width: await curve('width', WIDTHS, (n) => step(n, { ...flat, network: mlp(n, n, 10) })),
    batch: await curve('batch', BATCHES, (n) =>
      step(n, { ...flat, batchSize: n, network: mlp(800, 800, 10) }),
    ),
    classes: await curve('classes', CLASSES, (n) =>
      step(n, { inputShape: [64], batchSize: 128, classes: n, network: mlp(64, n) }),
    ),
    rows: await curve('rows', ROWS, (rows) => rowsPoint(folder, engine, rows)),
  };
}

async function rowsPoint(folder: string, engine: OurEngine, rows: number): Promise<Point<RowsCost>> {
  const plan: Plan = { rows, width: ROW_WIDTH, classes: 10, batchSize: 50, steps: 200, network: mlp(16, 10) };
  const prepared = await point<Prepared>(folder, rows, { ask: 'prepare rows', engine, plan });
  if ('failed' in prepared) return prepared;
  return point<RowsCost>(folder, rows, { ask: 'rows', engine, plan, prepared });
}

async function point<T>(folder: string, size: number, question: Question): Promise<Point<T>> {
  try {
    return { size, ...(await ask<T>(folder, question)) };
  } catch (error) {
    return { size, failed: (error as Error).message };
  }
}
