import type { TensorFlow } from '../methods/method';
import type { Network } from '../models/network';
import { gather } from './examples';
import { infer, inferAll } from './inference';
import type { TrainingData } from './trainingData';

/** A frozen teacher, as a student's training sees it: its logits, in inference mode. */
export interface Teacher {
  /** Of a batch, row-major, [B, C]. `inputs` are what the student sees, augmented or not. */
  logits(batch: { positions: Int32Array; inputs: Float32Array }): Float32Array;
  /** Of the validation examples, row-major. */
  readonly validation: Float32Array;
  dispose(): void;
}

/** From soft targets extracted before: those of the training examples, then those of the validation examples. */
export function cachedTeacher(softTargets: Float32Array, data: TrainingData): Teacher {
  const classes = data.classes.length;
  return {
    logits: ({ positions }) => gather(softTargets, classes, positions),
    validation: softTargets.subarray(data.train.count * classes),
    dispose: () => undefined,
  };
}

/** From the network itself, on what the student sees. */
export function liveTeacher(tf: TensorFlow, network: Network, data: TrainingData): Teacher {
  return {
    logits: ({ inputs }) => infer(tf, network, inputs, data.inputShape),
    validation: inferAll(tf, network, data.validation.inputs, data.inputShape),
    dispose: () => network.dispose(),
  };
}

/** What a cache of soft targets holds: logits of the training examples, then of the validation examples. */
export function extractSoftTargets(tf: TensorFlow, network: Network, data: TrainingData): Float32Array {
  const train = inferAll(tf, network, data.train.inputs, data.inputShape);
  const validation = inferAll(tf, network, data.validation.inputs, data.inputShape);
  const both = new Float32Array(train.length + validation.length);
  both.set(train);
  both.set(validation, train.length);
  return both;
}
