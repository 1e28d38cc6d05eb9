import { stream } from '../data/random';
import { logInfo } from './log';
import { engineOf, firstNetwork, objectiveOf, openRun } from './openRun';
import { chooseStepper } from './steps/chooseStepper';
import type { StepData } from './steps/data';
import { median } from '../sampleStatistics';

/** Enough for a median that one slow step does not move. */
const MOST_STEPS = 200;
const MOST_MILLISECONDS = 1_000;

/** What a training costs: seconds until its first step is over, and for each step after. */
export interface StepTimes {
  startSeconds: number;
  stepSeconds: number;
}

/** Times steps of a run on random numbers, with the run's own engine and numerics. Writes nothing. */
export async function timeSteps(folder: string): Promise<StepTimes> {
  const open = await openRun(folder);
  const { run } = open;
  const { inputShape, classes, counts } = run.data;
  const engine = await engineOf(open);
  const network = await firstNetwork(open);
  const examples = run.transferSet === 'all' ? counts.train : counts.labelled;
  const count = Math.max(1, Math.min(run.training.batchSize, examples));
  const begun = performance.now();
  const stepper = chooseStepper(
    {
      engine,
      network,
      objective: objectiveOf(open),
      optimizer: run.training.optimizer,
      optimizerState: {},
      inputShape,
      batchSizes: [count],
      inferenceSizes: [],
    },
    logInfo,
  );
  const data = someData(count, inputShape, classes.length);
  await stepper.step(data, 0, 0);
  const times: number[] = [];
  const first = performance.now();
  for (let now = first; times.length < MOST_STEPS && now - first < MOST_MILLISECONDS;) {
    await stepper.step(data, 0, 0);
    times.push(performance.now() - now);
    now = performance.now();
  }
  stepper.dispose();
  network.dispose();
  return { startSeconds: (first - begun) / 1000, stepSeconds: median(times)! / 1000 };
}

function someData(count: number, inputShape: readonly number[], classes: number): StepData {
  const random = stream(0, 'time');
  const width = inputShape.reduce((a, b) => a * b, 1);
  const labels = new Float32Array(count * classes);
  for (let i = 0; i < count; i++) labels[i * classes + (i % classes)] = 1;
  return {
    positions: Int32Array.from({ length: count }, (_, i) => i),
    inputs: random.fillNormal(new Float32Array(count * width)),
    labels,
    labelled: null,
    teacherLogits: random.fillNormal(new Float32Array(count * classes)),
  };
}
