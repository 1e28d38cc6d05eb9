import { util } from '@tensorflow/tfjs-core';
import type { Rank, Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { TensorFlow } from '../../methods/method';
import type { StackedLogits } from '../../models/stacked';
import { shareOf, toShare, type GradientShare } from '../steps/share';
import { sliceTerms, stackBatches, type Slice, type StackedBatch } from './batch';
import { join } from '../chunks';
import type { MemberBatch, MemberInputs, MemberStep } from './member';
import type { Stack } from './stack';

/**
 * The steps of several networks as one sequence of operations. Each operation computes a member's numbers from that
 * member alone, in the same order as for a single network, so that no bit depends on the other members.
 */
export class Program {
  constructor(
    private readonly tf: TensorFlow,
    private readonly stack: Stack,
    private readonly forward: StackedLogits,
    private readonly inputShape: readonly number[],
  ) {}

  /** One optimizer step of each member; returns the mean of each term before weighting. @param batches in stack order */
  step(batches: readonly MemberStep[]): Record<string, number>[] {
    let terms: Record<string, number>[] = [];
    this.tf.tidy(() => {
      const derivative = this.differentiate(batches, stackBatches(this.tf, batches, this.inputShape));
      const moves = batches.map(({ member, learningRate, step }) => ({
        member: member.index,
        learningRate,
        step: step + 1,
      }));
      this.stack.move(derivative.gradients, moves);
      terms = derivative.terms;
    });
    return terms;
  }

  /** Share of each term in each member's gradient. Updates nothing. */
  share(batches: readonly MemberBatch[]): GradientShare[] {
    const { tf } = this;
    const scalars: Record<string, number>[] = batches.map(() => ({}));
    tf.tidy(() => {
      const batch = stackBatches(tf, batches, this.inputShape);
      const terms = new Set(batches.flatMap(({ member }) => Object.keys(member.task.objective.weights)));
      const gradients = new Map<string, Tensor[]>();
      for (const term of terms)
        if (batches.some(contributes(term)))
          gradients.set(term, this.differentiate(batches, batch, term).gradients);
      for (const alike of byTerms(batches)) {
        const own = new Map([...gradients].filter(([term]) => contributes(term)(batches[alike[0]!]!)));
        const { objective } = batches[alike[0]!]!.member.task;
        const products = shareOf(tf, own, objective, (a, b) => dot(tf, a, b).dataSync<'float32'>());
        for (const i of alike)
          for (const [name, numbers] of Object.entries(products)) scalars[i]![name] = numbers[i]!;
      }
    });
    return batches.map(({ member }, i) => toShare(scalars[i]!, member.task.objective.weights));
  }

  /** Logits in inference mode, row-major, [B, C] each. */
  logits(inputsOf: readonly MemberInputs[]): Float32Array[] {
    const { tf, stack, inputShape } = this;
    const count = inputsOf[0]!.inputs.length / util.sizeFromShape([...inputShape]);
    const logits = tf.tidy(() => {
      const inputs = tf.tensor(join(inputsOf.map((one) => one.inputs)), [
        inputsOf.length,
        count,
        ...inputShape,
      ]);
      const weights = this.named(stack.of(inputsOf.map(({ member }) => member.index)));
      return this.forward(weights, inputs, null);
    });
    const values = logits.dataSync<'float32'>();
    logits.dispose();
    const length = values.length / inputsOf.length;
    return inputsOf.map((_, i) => values.slice(i * length, (i + 1) * length));
  }

  /**
   * The gradient of the sum over the members of Σ weight(term) · mean(loss(term)), which for each member's weights is that of
   * its own loss. Call inside a tidy.
   *
   * @param only the one term to differentiate; all if absent
   * @returns means of the terms, by member, and gradients in the order of the stack's weights, [members, …]
   */
  private differentiate(batches: readonly MemberBatch[], batch: StackedBatch, only?: string) {
    const { tf, stack } = this;
    const terms: Record<string, number>[] = [];
    const { grads: gradients } = tf.valueAndGrads((...weights: Tensor[]) => {
      const logits = this.forward(this.named(weights), batch.inputs, batch.masks);
      const losses = rowsOf(tf, logits, batch).flatMap((rows, i) => {
        const slice = batch.slices[i]!;
        const means = sliceTerms(tf, slice, rows);
        terms.push(...byMember(slice, means));
        return weighted(tf, slice, means, only);
      });
      return tf.addN(losses);
    })(stack.of(batches.map(({ member }) => member.index)));
    return { terms, gradients };
  }

  private named(weights: readonly Tensor[]): Record<string, Tensor> {
    return Object.fromEntries(this.stack.names.map((name, i) => [name, weights[i]!]));
  }
}

/** The logits of each slice, [members · B, C]. */
function rowsOf(tf: TensorFlow, logits: Tensor3D, { slices, count }: StackedBatch): Tensor2D[] {
  const rows = tf.reshape<Rank.R2>(logits, [-1, logits.shape[2]]);
  return slices.length === 1
    ? [rows]
    : tf.split(
        rows,
        slices.map(({ batches }) => batches.length * count),
      );
}

function byMember({ batches }: Slice, means: Readonly<Record<string, Tensor1D>>): Record<string, number>[] {
  const read = Object.entries(means).map(([term, mean]) => [term, mean.dataSync<'float32'>()] as const);
  return batches.map((_, i) => Object.fromEntries(read.map(([term, values]) => [term, values[i]!])));
}

/** Σ over the members of weight · mean, for each term with a weight in any member. */
function weighted(
  tf: TensorFlow,
  { batches }: Slice,
  means: Readonly<Record<string, Tensor1D>>,
  only: string | undefined,
): Scalar[] {
  return Object.entries(means).flatMap(([term, mean]) => {
    if (only !== undefined && term !== only) return [];
    const weights = batches.map(({ member }) => member.task.objective.weights[term] ?? 0);
    return weights.every((weight) => weight === 0)
      ? []
      : [tf.sum<Scalar>(tf.mul(mean, tf.tensor1d(weights)))];
  });
}

/** Indices of the members, those with the same method and the same weighted terms together. */
function byTerms(batches: readonly MemberBatch[]): number[][] {
  const groups = new Map<string, number[]>();
  batches.forEach(({ member }, i) => {
    const { method, weights } = member.task.objective;
    const key = JSON.stringify([method.id, Object.keys(weights).filter((term) => weights[term] !== 0)]);
    groups.set(key, [...(groups.get(key) ?? []), i]);
  });
  return [...groups.values()];
}

/** Whether a term has a weight in the member's loss. */
const contributes =
  (term: string) =>
  ({ member }: MemberBatch) =>
    (member.task.objective.weights[term] ?? 0) !== 0;

/** Σ a · b over all weights of each member. */
const dot = (tf: TensorFlow, a: readonly Tensor[], b: readonly Tensor[]): Tensor1D =>
  tf.addN<Tensor1D>(a.map((part, i) => tf.sum<Tensor1D>(tf.mul(part, b[i]!), [1, 2])));
