import { inChunks } from './chunks';
import { gather } from './examples';
import type { Inference } from './inference';
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
export function cachedTeacher(softTargets: Float32Array, data: TrainingData): Teacher {
  const classes = data.classes.length;
  return {
    logits: ({ positions }) => Promise.resolve(gather(softTargets, classes, positions)),
    validation: softTargets.subarray(data.train.count * classes),
    dispose: () => undefined,
  };
}

/** From the network itself, on what the student sees. */
export async function liveTeacher(inference: Inference, data: TrainingData): Promise<Teacher> {
  return {
    logits: ({ inputs }) => inference.logits(inputs),
    validation: await inferValidation(inference, data),
    dispose: () => inference.dispose(),
  };
}

/** What a cache of soft targets holds: logits of the training examples, then of the validation examples. */
export async function extractSoftTargets(inference: Inference, data: TrainingData): Promise<Float32Array> {
  const train = await inChunks(inference, data.train.inputs, widthOf(data));
  const validation = await inferValidation(inference, data);
  const both = new Float32Array(train.length + validation.length);
  both.set(train);
  both.set(validation, train.length);
  return both;
}

const inferValidation = (inference: Inference, data: TrainingData) =>
  inChunks(inference, data.validation.inputs, widthOf(data));

const widthOf = ({ inputShape }: TrainingData) => inputShape.reduce((a, b) => a * b, 1);
