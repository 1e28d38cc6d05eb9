import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { dataSchema } from '../../../src/config/data';
import { describeData } from '../../../src/data/load';
import { formatNpy } from '../../../src/data/npy';
import { stream } from '../../../src/data/random';
import type { LoadedEngine } from '../../../src/engines/engine';
import { buildNetwork } from '../../../src/models/build';
import { layerSchema } from '../../../src/config/layers';
import { writeCheckpoint } from '../../../src/runs/checkpoint';
import { openEvents } from '../../../src/runs/events';
import { runFileSchema, type RunFile } from '../../../src/runs/files';
import { toCheckpoint } from '../../../src/trainer/checkpoints';
import { NO_USAGE } from '../../../src/trainer/usage';
import { openSoftTargets, writeSoftTargets } from '../../../src/trainer/softTargets';
import { chooseStepper } from '../../../src/trainer/steps/chooseStepper';
import { stopWatch } from '../../../src/trainer/stopping';
import { cachedTeacher } from '../../../src/trainer/teacher';
import { train } from '../../../src/trainer/train';
import type { TrainingData } from '../../../src/trainer/trainingData';
import { LEARNING_RATE, type LayerNetwork } from '../workloads';
import { objectiveOf } from '../workers/ours';

export const SOFT_TARGETS = 'bench';

/** Data of random numbers as two NPY files in the root, and a run on them as `prepare` would plan it. */
export interface Plan {
  rows: number;
  width: number;
  classes: number;
  batchSize: number;
  steps: number;
  network: LayerNetwork;
}

export function writeData(root: string, { rows, width, classes }: Plan): void {
  mkdirSync(root, { recursive: true });
  // Uniform numbers: they are drawn faster than normal ones, and who trains here learns nothing anyway.
  const inputs = stream(0, 'rows').fillUniform(new Float32Array(rows * width));
  writeFileSync(join(root, 'inputs.npy'), formatNpy(inputs, [rows, width]));
  const labels = Int32Array.from({ length: rows }, (_, i) => i % classes);
  writeFileSync(join(root, 'labels.npy'), formatNpy(labels, [rows]));
}

export async function planRun(root: string, engine: LoadedEngine, plan: Plan): Promise<RunFile> {
  const config = dataSchema.parse({ source: 'npy', inputs: 'inputs.npy', labelFile: 'labels.npy' });
  const { hash, inputShape, classes, counts } = await describeData(config, root);
  return runFileSchema.parse({
    ...{ schemaVersion: 1, kind: 'student', experiment: 'bench', arm: null, seed: 0, identity: '' },
    network: { layers: plan.network.layers },
    training: { optimizer: { type: 'adam', learningRate: LEARNING_RATE }, batchSize: plan.batchSize },
    steps: plan.steps,
    method: { id: 'hinton' },
    data: { config, hash, inputShape, classes, counts },
    numerics: engine.numerics,
    machine: { platform: '', arch: '', cpu: '', cores: 1 },
    created: '',
  });
}

/** Where the time of a training went, in milliseconds. */
export interface Spent {
  all: number;
  /** JSON, clock and disk of the events. */
  events: number;
  checkpoints: number;
  softTargets: number;
}

/** Soft targets that say nothing, for every example, in the cache. */
export function writeFlatTargets(root: string, data: TrainingData): Promise<void> {
  const count = (data.train.count + data.validation.count) * data.classes.length;
  const flat = Readable.from([new Float32Array(count).fill(0.5)]);
  return writeSoftTargets(root, SOFT_TARGETS, flat, data);
}

/** `train` as `trainRun` calls it, with events and checkpoints on the disk; every call of those is timed. */
export async function trainOnce(
  root: string,
  engine: LoadedEngine,
  run: RunFile,
  data: TrainingData,
  distilled: boolean,
): Promise<Spent> {
  const folder = join(root, 'runs', String(performance.now()));
  mkdirSync(join(folder, 'checkpoints'), { recursive: true });
  const spent: Spent = { all: 0, events: 0, checkpoints: 0, softTargets: 0 };
  const timed = <T>(part: keyof Spent, act: () => T): T => {
    const begun = performance.now();
    const result = act();
    spent[part] += performance.now() - begun;
    return result;
  };
  const layers = run.network.layers!.map((layer) => layerSchema.parse(layer));
  const network = buildNetwork(layers, data.inputShape, data.classes.length, 0);
  const events = openEvents(folder);
  const begun = performance.now();
  const softTargets = distilled ? openSoftTargets(root, SOFT_TARGETS, data) : null;
  spent.softTargets = performance.now() - begun;
  await train(
    {
      engine,
      run,
      data,
      network,
      teacher: softTargets && cachedTeacher(softTargets, data),
      objective: { ...objectiveOf({ teacher: distilled ? 'given' : 'none' }), totalSteps: run.steps },
      from: null,
      makeStepper: chooseStepper,
    },
    {
      event: (event) => timed('events', () => events.write({ time: Date.now(), ...event })),
      checkpoint: (position, selected) =>
        timed('checkpoints', () => {
          const file = writeCheckpoint(folder, toCheckpoint(position, selected, network, NO_USAGE));
          events.write({ event: 'checkpoint', time: Date.now(), step: position.step, file, selected });
        }),
      checkpointDue: () => true,
      rung: () => undefined,
      stopRequested: stopWatch(folder, run.kind),
      log: () => undefined,
    },
  );
  timed('events', () => events.close());
  spent.all = performance.now() - begun;
  network.dispose();
  return spent;
}
