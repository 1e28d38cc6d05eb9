import type { Rank } from '@tensorflow/tfjs-core';
import { relatesExamples } from './relation';
import type { TensorFlow } from '../../methods/method';
import type { Objective } from '../steps/objective';

/** What decides the losses of a batch, besides the batch. */
export interface LossKey {
  /** Equal where method and parameters give equal losses. */
  readonly key: string;
  /** Whether they change with the step. */
  readonly asksStep: boolean;
  /** Whether the loss of an example depends on the other rows of its batch: then no other member's rows may be among them. */
  readonly relatesExamples: boolean;
}

/**
 * Which losses an objective takes: its method, and those of its parameters that `losses` reads. Arms that differ only in the
 * weights of their terms have one key, so that their losses are computed together.
 */
export function lossKey(tf: TensorFlow, objective: Objective, classes: number): LossKey {
  const { method, parameters } = objective;
  const read = new Map<string, unknown>();
  const watched = new Proxy(parameters, {
    get(target, name: string) {
      read.set(name, target[name]);
      return target[name];
    },
  });
  let asksStep = false;
  const ask = () => {
    asksStep = true;
    return 1;
  };
  tf.tidy(() => {
    const nothing = tf.zeros<Rank.R2>([1, classes]);
    method.losses(
      tf,
      {
        studentLogits: nothing,
        teacherLogits: nothing,
        labels: nothing,
        get step() {
          return ask();
        },
        get totalSteps() {
          return ask();
        },
      },
      watched,
    );
  });
  const key = JSON.stringify([method.id, ...[...read].sort()]);
  return { key, asksStep, relatesExamples: relatesExamples(tf, objective, classes) };
}
