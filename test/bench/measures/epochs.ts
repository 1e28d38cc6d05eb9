import { join } from 'node:path';
import type { LoadedEngine } from '../../../src/engines/engine';
import { loadTrainingData } from '../../../src/trainer/trainingData';
import { ratioOf, spread, type Spread } from '../statistics';
import { planRun, trainOnce, writeData, writeFlatTargets, type Plan, type Spent } from './realRun';

/** The real training loop, with its events, checkpoints, evaluations and soft targets on the disk. */
export interface Epochs {
  steps: number;
  epochs: number;
  /** Of one epoch, in milliseconds. */
  hard: Spread;
  distilled: Spread;
  /** Of paired repeats. */
  ratio: Spread;
  /** Share of a distilled training, 0 to 1. */
  eventShare: Spread;
  checkpointShare: Spread;
}

/** Trains by turns on hard labels and on soft targets from the cache. */
export async function epochs(
  folder: string,
  engine: LoadedEngine,
  plan: Plan,
  repeats: number,
): Promise<Epochs> {
  const root = join(folder, `epochs ${plan.rows} ${plan.width}`);
  writeData(root, plan);
  const run = await planRun(root, engine, plan);
  const data = await loadTrainingData(run, root);
  await writeFlatTargets(root, data);
  const train = (distilled: boolean) => trainOnce(root, engine, run, data, distilled);
  // The first of each compiles.
  await train(false);
  await train(true);
  const hard: Spent[] = [];
  const distilled: Spent[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    hard.push(await train(false));
    distilled.push(await train(true));
  }
  const count = plan.steps / Math.ceil(data.train.count / plan.batchSize);
  const perEpoch = (spent: Spent[]) => spent.map(({ all }) => all / count);
  return {
    steps: plan.steps,
    epochs: count,
    hard: spread(perEpoch(hard)),
    distilled: spread(perEpoch(distilled)),
    ratio: ratioOf(perEpoch(distilled), perEpoch(hard)),
    eventShare: spread(distilled.map((spent) => spent.events / spent.all)),
    checkpointShare: spread(distilled.map((spent) => spent.checkpoints / spent.all)),
  };
}
