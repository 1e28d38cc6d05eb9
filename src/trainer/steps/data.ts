import type { TensorFlow } from '../../methods/method';
import type { BatchData } from '../batches';
import type { BatchTensors } from './objective';

/** The examples of one step with the teacher's logits, as plain numbers. */
export interface StepData extends BatchData {
  /** [B, C]; null if the method needs no teacher. */
  teacherLogits: Float32Array | null;
}

export function toTensors(tf: TensorFlow, data: StepData, inputShape: readonly number[]): BatchTensors {
  const count = data.positions.length;
  const matrix = (values: Float32Array) => tf.tensor2d(values, [count, values.length / count]);
  return {
    inputs: tf.tensor(data.inputs, [count, ...inputShape]),
    labels: matrix(data.labels),
    labelled: data.labelled && tf.tensor1d(data.labelled),
    teacherLogits: data.teacherLogits && matrix(data.teacherLogits),
  };
}
