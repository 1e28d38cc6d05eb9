import type { LoadedEngine } from '../engines/engine';
import type { Network, WeightValues } from '../models/network';
import type { OptimizerState } from '../models/optimizers';
import { learningRateAt } from '../models/schedule';
import type { Rung, RunEvent, RunFile } from '../runs/files';
import { Batches } from './batches';
import { evaluationSizes, evaluator } from './evaluation';
import type { Evaluation } from './evaluation';
import { checkFinite, checkWeights } from './failures';
import { chooseInference } from './inference';
import { chooseProbes } from './probes';
import { hasWaitedEnough, select } from './selection';
import type { Selection } from './selection';
import type { MakeStepper } from './steps/chooseStepper';
import type { StepData } from './steps/data';
import type { Objective } from './steps/objective';
import type { Teacher } from './teacher';
import type { TrainingData } from './trainingData';
import { rowOf } from '../tasks/softmax';

/** An event without its time. */
type WithoutTime<E> = E extends unknown ? Omit<E, 'time'> : never;
export type TimelessEvent = WithoutTime<Exclude<RunEvent, { event: 'start' | 'checkpoint' | 'end' }>>;

/** The state of a training, from which it continues as if it had never stopped. */
export interface Position {
  /** Optimizer steps done. */
  step: number;
  weights: WeightValues;
  optimizer: OptimizerState;
  selection: Selection | null;
  /** Number of tensors after the first step. */
  firstTensors: number | null;
}

/** Receives what happens in a training, and answers its questions. */
export interface Observer {
  event(event: TimelessEvent): void;
  /** @param selected true where this is the best so far, or where nothing selects */
  checkpoint(position: Position, selected: boolean): void;
  /** Asked after an evaluation: whether what was reached since the last checkpoint is worth one. */
  checkpointDue(): boolean;
  /** What was reached on validation at the step to pause at. */
  rung(result: Rung): void;
  /** Asked between steps; may let others run first. */
  stopRequested(): Promise<boolean>;
  /** A sentence for the log. */
  log: (sentence: string) => void;
}

export interface TrainingJob {
  engine: LoadedEngine;
  run: Pick<RunFile, 'seed' | 'network' | 'training' | 'steps'>;
  data: TrainingData;
  network: Network;
  teacher: Teacher | null;
  objective: Objective;
  from: Position | null;
  makeStepper: MakeStepper;
  /** Pause at this step; to the end where absent. */
  until?: number | undefined;
}

export interface Trained {
  status: 'finished' | 'paused' | 'stopped';
  step: number;
  selection: Selection;
  tensors: { first: number; last: number };
}

/**
 * Trains a network: `run.steps` optimizer steps, or fewer where early stopping ends it. What happens is a function of the
 * job alone, bit for bit, whether in one go or by way of checkpoints.
 *
 * @throws Diverged where a loss or a weight is not finite any more
 */
export async function train(job: TrainingJob, observer: Observer): Promise<Trained> {
  const { engine, run, data, network, teacher, objective, from, until, makeStepper } = job;
  const { tf } = engine;
  const { training, steps } = run;
  const batches = new Batches(run, data);
  const probes = chooseProbes(data.validation.labels, teacher?.validation ?? null, data.classes.length);
  const every = intervals(steps, batches.stepsPerEpoch);
  let selection = from?.selection ?? null;
  let firstTensors = from?.firstTensors ?? null;
  if (from) network.write(from.weights, tf.tensor);
  // A saved teacher is measured only.
  if (steps === 0) {
    const { inputShape } = data;
    const inference = chooseInference(engine, network, inputShape, evaluationSizes(data), observer.log);
    report(await evaluator(inference, data, teacher?.validation ?? null)(), 0, 0);
    inference.dispose();
    return result('finished', 0);
  }
  if (from && selection && hasWaitedEnough(training.earlyStopping, selection))
    return result('finished', from.step);
  const stepper = makeStepper(
    {
      engine,
      network,
      layers: run.network.layers,
      objective,
      optimizer: training.optimizer,
      optimizerState: from?.optimizer ?? {},
      inputShape: data.inputShape,
      batchSizes: batches.sizes,
      inferenceSizes: evaluationSizes(data),
    },
    observer.log,
  );
  const evaluate = evaluator(stepper, data, teacher?.validation ?? null);
  const position = async (step: number, weights: WeightValues): Promise<Position> => ({
    step,
    weights,
    optimizer: await stepper.optimizerState(),
    selection,
    firstTensors,
  });
  for (let step = from?.step ?? 0; step < steps; step++) {
    const paused = step === until;
    if (paused || (await observer.stopRequested())) {
      if (step > (from?.step ?? 0)) {
        stepper.settle();
        const weights = await network.read();
        observer.checkpoint(await position(step, weights), training.earlyStopping === undefined);
      }
      if (paused) observer.rung({ step, ...pick((await evaluate()).metrics.validation) });
      stepper.dispose();
      return result(paused ? 'paused' : 'stopped', step);
    }
    const done = step + 1;
    const epoch = done / batches.stepsPerEpoch;
    const learningRate = learningRateAt(training.schedule, training.optimizer.learningRate, step, steps);
    const batch = batches.at(step);
    const stepData: StepData = { ...batch, teacherLogits: teacher && (await teacher.logits(batch)) };
    const share = done % every.gradient === 0 ? await stepper.share(stepData, step) : null;
    const raw = await stepper.step(stepData, learningRate, step);
    checkFinite(raw, done, learningRate);
    firstTensors ??= tf.memory().numTensors;
    observer.event({ event: 'step', step: done, epoch, learningRate, raw, ...weigh(raw, objective.weights) });
    if (share) observer.event({ event: 'gradient', step: done, ...share });
    if (done % every.evaluation !== 0 && done !== steps) continue;

    stepper.settle();
    const weights = await network.read();
    checkWeights(weights, done, learningRate);
    const evaluation = await evaluate();
    report(evaluation, done, epoch);
    selection = select(training.earlyStopping, selection, done, evaluation.metrics.validation);
    const isBest = selection.step === done;
    // Without early stopping each is the best so far, and all but the last can be had again.
    const isNeeded = done === steps || (isBest && training.earlyStopping !== undefined);
    if (isNeeded || observer.checkpointDue()) observer.checkpoint(await position(done, weights), isBest);
    if (hasWaitedEnough(training.earlyStopping, selection) || done === steps) {
      stepper.dispose();
      return result('finished', done);
    }
  }
  return result('finished', steps);

  function report({ metrics, validationLogits }: Evaluation, step: number, epoch: number): void {
    observer.event({ event: 'evaluation', step, epoch, ...metrics });
    const logits = probes.map((i) => rowOf(validationLogits, i, data.classes.length));
    observer.event({ event: 'probe', step, logits });
  }

  function result(status: Trained['status'], step: number): Trained {
    const last = tf.memory().numTensors;
    return {
      status,
      step,
      selection: selection ?? { step, value: 0, waited: 0 },
      tensors: { first: firstTensors ?? last, last },
    };
  }
}

const pick = ({ accuracy, loss }: { accuracy: number; loss: number }) => ({ accuracy, loss });

/**
 * Every how many steps gradients are compared, and the network is evaluated. Comparing costs a distilled run a step more
 * than one on hard labels: every tenth time at most, that is a tenth.
 */
function intervals(steps: number, stepsPerEpoch: number): { gradient: number; evaluation: number } {
  return {
    gradient: Math.max(Math.min(10, Math.ceil(steps / 5)), Math.floor(steps / 50)),
    evaluation: Math.max(1, stepsPerEpoch, Math.ceil(steps / 40)),
  };
}

function weigh(raw: Record<string, number>, weights: Readonly<Record<string, number>>) {
  const weighted = Object.fromEntries(
    Object.entries(raw).map(([term, value]) => [term, (weights[term] ?? 0) * value]),
  );
  return { weighted, total: Object.values(weighted).reduce((sum, value) => sum + value, 0) };
}
