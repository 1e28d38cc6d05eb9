import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { STUDENT_TERM, type TensorFlow } from '../../methods/method';
import type { StackedMasks } from '../../models/stacked';
import { join } from '../join';
import type { Asked } from './asked';

/** Members next to each other whose losses are equal functions, example by example; else one member. */
export interface Slice {
  readonly asked: readonly Asked[];
  /** [members · B, C] */
  readonly labels: Tensor2D;
  /** [members · B]; null where all examples have labels. */
  readonly labelled: Tensor1D | null;
  /** [members · B, C] */
  readonly teacherLogits: Tensor2D | null;
}

/** Batches of B examples of some members, on the engine. */
export interface StackedBatch {
  readonly count: number;
  /** [members, B, …inputShape] */
  readonly inputs: Tensor;
  readonly masks: StackedMasks;
  readonly slices: readonly Slice[];
}

/** @param asked in the order of the stack, each with as many examples */
export function stackBatches(
  tf: TensorFlow,
  asked: readonly Asked[],
  inputShape: readonly number[],
): StackedBatch {
  const count = asked[0]!.data.positions.length;
  const drawn = new Map<string, Float32Array>();
  return {
    count,
    inputs: tf.tensor(join(asked.map(({ data }) => data.inputs)), [asked.length, count, ...inputShape]),
    masks(layer, shape, rate) {
      const values =
        drawn.get(layer) ??
        join(asked.map(({ member, step }) => member.task.network.mask(step, layer, shape.slice(1), rate)));
      drawn.set(layer, values);
      return tf.tensor(values, [...shape]);
    },
    slices: sliced(asked).map((slice) => toSlice(tf, slice, count)),
  };
}

/** The mean of each term of a slice over each member's batch, before weighting: [members] each. */
export function sliceTerms(
  tf: TensorFlow,
  { asked, labels, labelled, teacherLogits }: Slice,
  studentLogits: Tensor2D,
): Record<string, Tensor1D> {
  const { member, step } = asked[0]!;
  const { method, parameters, totalSteps } = member.task.objective;
  const losses = method.losses(tf, { studentLogits, teacherLogits, labels, step, totalSteps }, parameters);
  return Object.fromEntries(
    Object.entries(losses).map(([term, each]) => {
      const counted = term === STUDENT_TERM && labelled ? tf.mul(each, labelled) : each;
      return [term, tf.mean<Tensor1D>(tf.reshape(counted, [asked.length, -1]), 1)];
    }),
  );
}

function sliced(asked: readonly Asked[]): Asked[][] {
  const slices: Asked[][] = [];
  for (const one of asked) {
    const last = slices.at(-1);
    if (last && haveEqualLosses(last[0]!, one)) last.push(one);
    else slices.push([one]);
  }
  return slices;
}

function haveEqualLosses(a: Asked, b: Asked): boolean {
  const atOneMoment =
    a.step === b.step && a.member.task.objective.totalSteps === b.member.task.objective.totalSteps;
  const { key, asksStep, relatesExamples } = a.member.loss;
  return key === b.member.loss.key && !relatesExamples && (atOneMoment || !asksStep);
}

function toSlice(tf: TensorFlow, asked: readonly Asked[], count: number): Slice {
  const rows = asked.length * count;
  const matrix = (values: Float32Array) => tf.tensor2d(values, [rows, values.length / rows]);
  const teachers = asked.flatMap(({ data }) => data.teacherLogits ?? []);
  const all = asked.every(({ data }) => data.labelled === null);
  return {
    asked,
    labels: matrix(join(asked.map(({ data }) => data.labels))),
    labelled: all
      ? null
      : tf.tensor1d(join(asked.map(({ data }) => data.labelled ?? new Float32Array(count).fill(1)))),
    teacherLogits: teachers.length === 0 ? null : matrix(join(teachers)),
  };
}
