import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { TensorFlow } from '../../methods/method';
import { own } from '../../own';
import type { StackedMasks } from '../../models/stacked';
import { join } from '../chunks';
import type { MemberBatch } from './member';

/** Adjacent members with equal loss functions, computed example by example; else one member. */
export interface Slice {
  readonly batches: readonly MemberBatch[];
  /** [members · B, C] */
  readonly labels: Tensor2D;
  /** [members · B]; null where all examples have labels. */
  readonly labelled: Tensor1D | null;
  /** [members · B, C] */
  readonly teacherLogits: Tensor2D | null;
}

/** Batches of B examples of several members, as tensors. */
export interface StackedBatch {
  readonly count: number;
  /** [members, B, …inputShape] */
  readonly inputs: Tensor;
  readonly masks: StackedMasks;
  readonly slices: readonly Slice[];
}

/** @param batches in stack order, with equally many examples */
export function stackBatches(
  tf: TensorFlow,
  batches: readonly MemberBatch[],
  inputShape: readonly number[],
): StackedBatch {
  const count = batches[0]!.data.positions.length;
  const drawn = new Map<string, Float32Array>();
  return {
    count,
    inputs: tf.tensor(join(batches.map(({ data }) => data.inputs)), [batches.length, count, ...inputShape]),
    masks(layer, shape, rate) {
      const values =
        drawn.get(layer) ??
        join(batches.map(({ member, step }) => member.task.network.mask(step, layer, shape.slice(1), rate)));
      drawn.set(layer, values);
      return tf.tensor(values, [...shape]);
    },
    slices: sliceBatches(batches).map((slice) => toSlice(tf, slice, count)),
  };
}

/** Mean of each term over each member's batch, before weighting: [members] each. */
export function sliceTerms(
  tf: TensorFlow,
  { batches, labels, labelled, teacherLogits }: Slice,
  studentLogits: Tensor2D,
): Record<string, Tensor1D> {
  const { member, step } = batches[0]!;
  const { method, parameters, totalSteps } = member.task.objective;
  const terms = method.terms(parameters);
  const losses = method.losses(tf, { studentLogits, teacherLogits, labels, step, totalSteps }, parameters);
  return Object.fromEntries(
    Object.entries(losses).map(([term, each]) => {
      const counted = labelled && own(terms, term)!.source === 'labels' ? tf.mul(each, labelled) : each;
      return [term, tf.mean<Tensor1D>(tf.reshape(counted, [batches.length, -1]), 1)];
    }),
  );
}

function sliceBatches(batches: readonly MemberBatch[]): MemberBatch[][] {
  const slices: MemberBatch[][] = [];
  for (const one of batches) {
    const last = slices.at(-1);
    if (last && haveEqualLosses(last[0]!, one)) last.push(one);
    else slices.push([one]);
  }
  return slices;
}

function haveEqualLosses(a: MemberBatch, b: MemberBatch): boolean {
  const sameStep =
    a.step === b.step && a.member.task.objective.totalSteps === b.member.task.objective.totalSteps;
  const { key, dependsOnStep, relatesExamples } = a.member.loss;
  return key === b.member.loss.key && !relatesExamples && (sameStep || !dependsOnStep);
}

function toSlice(tf: TensorFlow, batches: readonly MemberBatch[], count: number): Slice {
  const rows = batches.length * count;
  const matrix = (values: Float32Array) => tf.tensor2d(values, [rows, values.length / rows]);
  const teachers = batches.flatMap(({ data }) => data.teacherLogits ?? []);
  const all = batches.every(({ data }) => data.labelled === null);
  return {
    batches,
    labels: matrix(join(batches.map(({ data }) => data.labels))),
    labelled: all
      ? null
      : tf.tensor1d(join(batches.map(({ data }) => data.labelled ?? new Float32Array(count).fill(1)))),
    teacherLogits: teachers.length === 0 ? null : matrix(join(teachers)),
  };
}
