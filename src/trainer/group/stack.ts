import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import type { MakeStackedUpdater, Move, StackedUpdater } from '../../engines/updater';
import type { TensorFlow } from '../../methods/method';
import type { WeightValues } from '../../models/network';
import type { OptimizerState } from '../../models/optimizers';
import { stackedShape } from '../../models/stacked';
import type { StepperOptions } from '../steps/stepper';

type StackMember = Pick<StepperOptions, 'network' | 'optimizer' | 'optimizerState'>;

/** Weights of several networks of one shape, stacked on a leading axis, [members, …], with their optimizers' state. */
export class Stack {
  private readonly weights: { name: string; shape: number[]; variable: Variable }[];
  private readonly updater: StackedUpdater;

  /** @param members networks whose weights are copied */
  constructor(
    private readonly tf: TensorFlow,
    makeUpdater: MakeStackedUpdater,
    private readonly members: readonly StackMember[],
  ) {
    this.weights = members[0]!.network.trainable.map(({ name, shape }, index) => ({
      name,
      shape,
      variable: tf.tidy(() => {
        const parts = members.map(({ network }) => network.trainable[index]!.variable);
        return tf.variable(tf.reshape(tf.stack(parts), stackedShape(members.length, shape)));
      }),
    }));
    this.updater = makeUpdater(
      members.map(({ optimizer }) => optimizer),
      this.weights,
      members.map(({ optimizerState }) => optimizerState),
    );
  }

  get names(): string[] {
    return this.weights.map(({ name }) => name);
  }

  /** Weights of some members, ascending, in the order of `names`, [members.length, …]. Call inside a tidy. */
  of(members: readonly number[]): Tensor[] {
    const all = members.length === this.members.length;
    const rows = all ? null : this.tf.tensor1d([...members], 'int32');
    return this.weights.map(({ variable }) => (rows === null ? variable : this.tf.gather(variable, rows)));
  }

  /** Updates some members; gradients are in the order of `names`. */
  move(gradients: readonly Tensor[], moves: readonly Move[]): void {
    this.updater.apply(Object.fromEntries(this.names.map((name, i) => [name, gradients[i]!])), moves);
  }

  /** Copies of a member's weights. */
  read(member: number): WeightValues {
    const { tf } = this;
    return Object.fromEntries(
      this.weights.map(({ name, variable }) => {
        const own = tf.slice(variable, member, 1);
        const values = Float32Array.from(own.dataSync<'float32'>());
        own.dispose();
        return [name, values];
      }),
    );
  }

  /** Copies of the state of a member's optimizer. */
  optimizerState(member: number): OptimizerState {
    return this.updater.read(member);
  }

  dispose(): void {
    this.updater.dispose();
    this.tf.dispose(this.weights.map(({ variable }) => variable));
  }
}
