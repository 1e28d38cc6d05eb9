import { expect, test } from 'vitest';
import { optimizerSchema } from '../../../src/config/training';
import { stream } from '../../../src/data/random';
import { loadEngine } from '../../../src/engines/engines';
import { findMethod } from '../../../src/methods/catalogue';
import { buildNetwork } from '../../../src/models/build';
import { eagerStepper } from '../../../src/trainer/steps/eager';
import { layers } from './folders';

const [COUNT, CLASSES, SHAPE] = [4, 3, [6, 6, 1]];

test('two thousand steps on portable take no more memory than a hundred', async () => {
  const engine = await loadEngine('portable');
  const { tf } = engine;
  const list = layers(
    { type: 'conv2d', filters: 4, activation: 'relu' },
    { type: 'batchNormalization' },
    { type: 'depthwiseConv2d', activation: 'elu' },
    { type: 'maxPooling2d' },
    { type: 'flatten' },
    { type: 'dropout', rate: 0.3 },
    { type: 'dense', units: 8, activation: 'relu' },
    { type: 'dense', units: CLASSES },
  );
  const network = buildNetwork(list, SHAPE, CLASSES, 0);
  const method = findMethod('hinton')!;
  const parameters = method.parameters.parse({});
  const stepper = eagerStepper({
    engine,
    network,
    objective: { method, parameters, weights: method.weighting(parameters).weights, totalSteps: 2_000 },
    optimizer: optimizerSchema.parse({ type: 'adamw' }),
    optimizerState: {},
    inputShape: SHAPE,
    batchSizes: [COUNT],
    inferenceSizes: [],
  });
  const data = {
    positions: Int32Array.from({ length: COUNT }, (_, i) => i),
    inputs: stream(0, 'inputs').fillNormal(new Float32Array(COUNT * 36)),
    labels: Float32Array.from({ length: COUNT * CLASSES }, (_, i) => Number(i % CLASSES === 0)),
    labelled: null,
    teacherLogits: stream(0, 'teacher').fillNormal(new Float32Array(COUNT * CLASSES)),
  };
  const heap = () => (tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm.HEAPU8.length;
  const used = () => ({ ...tf.memory(), heap: heap() });
  const run = async (from: number, to: number) => {
    for (let step = from; step < to; step++) {
      await stepper.step(data, 1e-3, step);
      if (step % 100 === 0) await stepper.share(data, step);
    }
  };
  await run(0, 100);
  const before = used();
  await run(100, 2_000);
  expect(used()).toEqual(before);
  stepper.dispose();
  network.dispose();
});
