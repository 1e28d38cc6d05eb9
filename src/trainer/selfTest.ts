import type { EngineId } from '../config/numerics';
import { UserError } from '../config/errors';
import { layerSchema } from '../config/layers';
import { optimizerSchema } from '../config/training';
import { stream } from '../data/random';
import { loadEngine } from '../engines/engines';
import type { SelfTestResult } from '../engines/select';
import { hardLabels } from '../methods/hardLabels';
import { buildNetwork } from '../models/build';
import { chooseStepper } from './steps/chooseStepper';

const CLASSES = 3;
const COUNT = 12;
const STEPS = 5;
const SHAPE = [6, 6, 1];

/** Trains a small network for a few steps on an engine, and returns whether its loss fell. */
export async function selfTest(engine: EngineId): Promise<SelfTestResult> {
  try {
    const loaded = await loadEngine(engine);
    const layers = [
      { type: 'conv2d', filters: 4, activation: 'relu' },
      { type: 'maxPooling2d' },
      { type: 'batchNormalization' },
      { type: 'flatten' },
      { type: 'dropout', rate: 0.1 },
      { type: 'dense', units: CLASSES },
    ].map((layer) => layerSchema.parse(layer));
    const network = buildNetwork(layers, SHAPE, CLASSES, 0);
    const objective = { method: hardLabels, parameters: {}, weights: { student: 1 }, totalSteps: STEPS };
    const labels = new Float32Array(COUNT * CLASSES);
    for (let i = 0; i < COUNT; i++) labels[i * CLASSES + (i % CLASSES)] = 1;
    const data = {
      positions: Int32Array.from({ length: COUNT }, (_, i) => i),
      inputs: stream(0, 'probe').fillNormal(new Float32Array(COUNT * SHAPE.reduce((a, b) => a * b, 1))),
      labels,
      labelled: null,
      teacherLogits: null,
    };
    const stepper = chooseStepper(
      {
        engine: loaded,
        network,
        objective,
        optimizer: optimizerSchema.parse({ type: 'adam' }),
        optimizerState: {},
        inputShape: SHAPE,
        batchSizes: [COUNT],
        inferenceSizes: [],
      },
      (sentence) => process.stderr.write(`${sentence}\n`),
    );
    const losses: number[] = [];
    for (let step = 0; step < STEPS; step++) losses.push((await stepper.step(data, 0.02, step))['student']!);
    stepper.dispose();
    if (!losses.every(Number.isFinite) || losses.at(-1)! >= losses[0]!)
      throw new UserError(`A training on ${engine} does not lower its loss (${losses.join(', ')}).`);
    return {
      engine,
      ok: true,
      reason: `A training of ${STEPS} steps lowered its loss.`,
      numerics: loaded.numerics,
    };
  } catch (error) {
    return { engine, ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
