import { layerSchema, type Layer } from '../../src/config/layers';
import type { EngineId } from '../../src/config/numerics';
import { optimizerSchema } from '../../src/config/training';
import { stream } from '../../src/data/random';
import { loadEngine } from '../../src/engines/engines';
import { findMethod } from '../../src/methods/catalogue';
import type { LoadedEngine } from '../../src/engines/engine';
import { buildNetwork } from '../../src/models/build';
import { infer } from '../../src/trainer/inference';
import { chooseStepper } from '../../src/trainer/steps/chooseStepper';
import type { StepData } from '../../src/trainer/steps/data';
import type { Objective } from '../../src/trainer/steps/objective';

const CLASSES = 10;
const REPEATS = 30;

/** A network and a batch; `live` also runs this teacher in each step. */
interface Load {
  name: string;
  layers: unknown[];
  inputShape: number[];
  batchSize: number;
  distilled: boolean;
  live?: unknown[];
}

const mlp = (...units: number[]) =>
  units.map((n, i) => ({ type: 'dense', units: n, activation: i + 1 < units.length ? 'relu' : 'linear' }));
const quickTeacher = [
  { type: 'dropout', rate: 0.1 },
  { type: 'dense', units: 256, activation: 'relu' },
  { type: 'dropout', rate: 0.5 },
  { type: 'dense', units: 256, activation: 'relu' },
  { type: 'dropout', rate: 0.5 },
  { type: 'dense', units: 10 },
];
const cnn = [
  { type: 'conv2d', filters: 32, activation: 'relu', padding: 'valid' },
  { type: 'conv2d', filters: 64, activation: 'relu', padding: 'valid' },
  { type: 'maxPooling2d' },
  { type: 'flatten' },
  { type: 'dense', units: 128, activation: 'relu' },
  { type: 'dense', units: 10 },
];
const small = { inputShape: [64], batchSize: 50 };
const mnist = { inputShape: [784], batchSize: 128 };
const loads: Load[] = [
  { name: 'quickstart student, scratch', layers: mlp(16, 10), ...small, distilled: false },
  { name: 'quickstart student, distilled from the cache', layers: mlp(16, 10), ...small, distilled: true },
  {
    name: 'quickstart student, live teacher',
    layers: mlp(16, 10),
    ...small,
    distilled: true,
    live: quickTeacher,
  },
  { name: 'quickstart teacher', layers: quickTeacher, ...small, distilled: false },
  { name: '784-1200-1200-10', layers: mlp(1200, 1200, 10), ...mnist, distilled: false },
  { name: '784-800-800-10, distilled from the cache', layers: mlp(800, 800, 10), ...mnist, distilled: true },
  {
    name: '784-800-800-10, live 784-1200-1200-10',
    layers: mlp(800, 800, 10),
    ...mnist,
    distilled: true,
    live: mlp(1200, 1200, 10),
  },
  { name: 'CNN 32-64, 128 on 28×28', layers: cnn, inputShape: [28, 28, 1], batchSize: 128, distilled: false },
];

const parse = (layers: unknown[]): Layer[] => layers.map((layer) => layerSchema.parse(layer));
const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const product = (shape: number[]) => shape.reduce((a, b) => a * b, 1);

/** Median milliseconds of a training step: by the clock, and of the processor, which other work leaves alone. */
async function measure(engine: LoadedEngine, load: Load): Promise<{ wall: number; cpu: number }> {
  const { inputShape, batchSize } = load;
  const { tf } = engine;
  const network = buildNetwork(parse(load.layers), inputShape, CLASSES, 0);
  const teacher = load.live && buildNetwork(parse(load.live), inputShape, CLASSES, 1);
  const method = findMethod(load.distilled ? 'hinton' : 'hardLabels')!;
  const parameters = method.parameters.parse({});
  const objective: Objective = {
    method,
    parameters,
    weights: method.weights(parameters),
    totalSteps: REPEATS,
  };
  const data: StepData = {
    positions: Int32Array.from({ length: batchSize }, (_, i) => i),
    inputs: stream(0, 'inputs').fillUniform(new Float32Array(batchSize * product(inputShape))),
    labels: Float32Array.from({ length: batchSize * CLASSES }, (_, i) =>
      i % CLASSES === Math.floor(i / CLASSES) % CLASSES ? 1 : 0,
    ),
    labelled: null,
    teacherLogits: load.distilled
      ? stream(0, 'teacher').fillNormal(new Float32Array(batchSize * CLASSES))
      : null,
  };
  const stepper = chooseStepper(
    {
      engine,
      network,
      objective,
      optimizer: optimizerSchema.parse({ type: 'adam' }),
      optimizerState: {},
      inputShape,
      batchSizes: [batchSize],
      inferenceSizes: [],
    },
    (sentence) => process.stderr.write(`${load.name}: ${sentence}\n`),
  );
  const wall: number[] = [];
  const cpu: number[] = [];
  const limit = performance.now() + 10_000;
  for (let step = 0; step < REPEATS && (wall.length < 3 || performance.now() < limit); step++) {
    const begun = performance.now();
    const used = process.cpuUsage();
    const teacherLogits = teacher ? await infer(tf, teacher, data.inputs, inputShape) : data.teacherLogits;
    await stepper.step({ ...data, teacherLogits }, 1e-3, step);
    const { user, system } = process.cpuUsage(used);
    if (step === 0) continue;
    wall.push(performance.now() - begun);
    cpu.push((user + system) / 1000);
  }
  stepper.dispose();
  network.dispose();
  teacher?.dispose();
  return { wall: median(wall), cpu: median(cpu) };
}

async function main(id: EngineId, execution: string | undefined): Promise<void> {
  const { compile, ...engine } = await loadEngine(id);
  const { numerics } = engine;
  const isGraph = compile !== undefined && execution !== 'eager';
  const say = (line: string) => process.stdout.write(`${line}\n`);
  say(
    `${id}, ${numerics.version}, ${numerics.variant}, ${isGraph ? 'graph' : 'eager'}: median of a training step`,
  );
  for (const load of loads) {
    const { wall, cpu } = await measure(isGraph ? { ...engine, compile } : engine, load);
    say(
      `${load.name.padEnd(48)} ${wall.toFixed(2).padStart(9)} ms ${cpu.toFixed(2).padStart(9)} ms of processor`,
    );
  }
}

void main((process.argv[2] ?? 'portable') as EngineId, process.argv[3]);
