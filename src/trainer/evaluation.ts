import { UserError } from '../config/errors';
import type { RunEvent } from '../runs/files';
import {
  accuracy,
  agreement,
  crossEntropy,
  expectedCalibrationError,
  klBetween,
} from '../tasks/classification';
import { chunks, chunkSizes, inChunks } from './chunks';
import { pickFrom } from './examples';
import type { Inference } from './inference';
import type { TrainingData } from './trainingData';

export interface Evaluation {
  metrics: Pick<RunEvent & { event: 'evaluation' }, 'trainAccuracy' | 'validation'>;
  /** Of the validation examples, row-major. */
  validationLogits: Float32Array;
}

/** The sizes of the batches that an evaluation asks for. */
export const evaluationSizes = ({ labelled, validation }: TrainingData): number[] => [
  ...chunkSizes(labelled.length),
  ...chunkSizes(validation.count),
];

/** Measures a network with its current weights on the labelled training examples and on the validation examples. */
export function evaluator(
  network: Pick<Inference, 'logits'>,
  data: TrainingData,
  teacherLogits: Float32Array | null,
): () => Promise<Evaluation> {
  const { train, validation, labelled } = data;
  const classes = data.classes.length;
  if (validation.count === 0)
    throw new UserError('There are no validation examples: give the split a validation part.');
  const seenLabels = pickFrom(train, labelled);
  return async () => {
    let right = 0;
    let seen = 0;
    for await (const logits of chunks(network, seenLabels)) {
      const count = logits.length / classes;
      right += count * accuracy(logits, seenLabels.labels.subarray(seen, seen + count));
      seen += count;
    }
    const validationLogits = await inChunks(network, validation);
    return {
      metrics: {
        trainAccuracy: seen === 0 ? null : Math.round(right) / seen,
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
