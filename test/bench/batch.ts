import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stream } from '../../src/data/random';
import { ALPHA, LEARNING_RATE, TEMPERATURE, type Workload } from './workloads';

/** A batch as plain numbers. */
export interface Batch {
  /** Row-major; numbers of tokens for a transformer. */
  inputs: Float32Array;
  labels: Int32Array;
  /** [B, C]. */
  teacherLogits: Float32Array;
}

/** The same for everybody. */
export function makeBatch({ inputShape, classes, batchSize, network }: Workload): Batch {
  const inputs = new Float32Array(batchSize * inputShape.reduce((a, b) => a * b, 1));
  const random = stream(0, 'bench', 'inputs');
  if (network.kind === 'transformer')
    inputs.forEach((_, i) => (inputs[i] = random.integer(network.vocabulary)));
  else random.fillNormal(inputs);
  return {
    inputs,
    labels: Int32Array.from({ length: batchSize }, (_, i) => i % classes),
    teacherLogits: stream(0, 'bench', 'teacher').fillNormal(new Float32Array(batchSize * classes), 0, 2),
  };
}

/** Lays definition and data where workers in Python find them. */
export function writeWorkload(folder: string, workload: Workload): void {
  const place = join(folder, workload.id);
  mkdirSync(place, { recursive: true });
  const hyper = { learningRate: LEARNING_RATE, temperature: TEMPERATURE, alpha: ALPHA };
  writeFileSync(join(place, 'workload.json'), JSON.stringify({ ...workload, ...hyper }));
  const { inputs, labels, teacherLogits } = makeBatch(workload);
  writeFileSync(join(place, 'inputs.float32'), inputs);
  writeFileSync(join(place, 'labels.int32'), labels);
  writeFileSync(join(place, 'teacherLogits.float32'), teacherLogits);
}
