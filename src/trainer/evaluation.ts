import { UserError } from '../config/errors';
import type { TensorFlow } from '../methods/method';
import type { Network } from '../models/network';
import type { RunEvent } from '../runs/files';
import {
  accuracy,
  agreement,
  crossEntropy,
  expectedCalibrationError,
  klBetween,
} from '../tasks/classification';
import { gather } from './examples';
import { inferAll } from './inference';
import type { TrainingData } from './trainingData';

export interface Evaluation {
  metrics: Pick<RunEvent & { event: 'evaluation' }, 'trainAccuracy' | 'validation'>;
  /** Of the validation examples, row-major. */
  validationLogits: Float32Array;
}

/** Measures a network on the labelled training examples and on the validation examples. */
export function evaluator(
  tf: TensorFlow,
  network: Network,
  data: TrainingData,
  teacherLogits: Float32Array | null,
): () => Evaluation {
  const { train, validation, labelled, inputShape } = data;
  const classes = data.classes.length;
  if (validation.count === 0)
    throw new UserError('There are no validation examples: give the split a validation part.');
  const labelledInputs = gather(train.inputs, train.inputs.length / train.count, labelled);
  const labels = Int32Array.from(labelled, (position) => train.labels[position]!);
  return () => {
    const logits = inferAll(tf, network, labelledInputs, inputShape);
    const validationLogits = inferAll(tf, network, validation.inputs, inputShape);
    return {
      metrics: {
        trainAccuracy: labels.length === 0 ? null : accuracy(logits, labels),
        validation: {
          accuracy: accuracy(validationLogits, validation.labels),
          loss: crossEntropy(validationLogits, validation.labels),
          ece: expectedCalibrationError(validationLogits, validation.labels),
          agreement: teacherLogits && agreement(validationLogits, teacherLogits, classes),
          klToTeacher: teacherLogits && klBetween(teacherLogits, validationLogits, classes),
        },
      },
      validationLogits,
    };
  };
}
