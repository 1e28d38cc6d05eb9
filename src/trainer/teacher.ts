import { range } from '../data/inputs';
import { chunks, inChunks } from './chunks';
import type { Inference } from './inference';
import type { SoftTargets } from './softTargets';
import type { TrainingData } from './trainingData';

/** A frozen teacher, as a student's training sees it: its logits, in inference mode. */
export interface Teacher {
  /** Of a batch, row-major, [B, C]. `inputs` are what the student sees, augmented or not. */
  logits(batch: { positions: Int32Array; inputs: Float32Array }): Promise<Float32Array>;
  /** Of the validation examples, row-major. */
  readonly validation: Float32Array;
  dispose(): void;
}

/** From soft targets extracted before: those of the training examples, then those of the validation examples. */
export function cachedTeacher(softTargets: SoftTargets, { train, validation }: TrainingData): Teacher {
  return {
    logits: ({ positions }) => Promise.resolve(softTargets.take(positions)),
    validation: softTargets.take(range(train.count, validation.count)),
    dispose: () => softTargets.close(),
  };
}

/** From the network itself, on what the student sees. */
export async function liveTeacher(inference: Inference, { validation }: TrainingData): Promise<Teacher> {
  return {
    logits: ({ inputs }) => inference.logits(inputs),
    validation: await inChunks(inference, validation),
    dispose: () => inference.dispose(),
  };
}

/** What a cache of soft targets holds: logits of the training examples, then of the validation examples, some at a time. */
export async function* extractSoftTargets(
  inference: Inference,
  { train, validation }: TrainingData,
): AsyncGenerator<Float32Array> {
  for (const examples of [train, validation]) yield* chunks(inference, examples);
}
