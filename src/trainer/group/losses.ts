import type { Rank } from '@tensorflow/tfjs-core';
import type { TensorFlow } from '../../methods/method';
import type { Objective } from '../steps/objective';

/** Identifies a loss function. */
export interface LossKey {
  /** Equal for equal methods and equal parameters of their losses. */
  readonly key: string;
  /** Whether the losses change with the step. */
  readonly dependsOnStep: boolean;
  /** Whether a term relates the examples of its batch, which then must not hold rows of other members. */
  readonly relatesExamples: boolean;
}

/**
 * The key of an objective: its method, and the parameters that `losses` reads. Arms that differ only in the weights of
 * their terms share a key, so that their losses are computed together.
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
  let dependsOnStep = false;
  const readStep = () => {
    dependsOnStep = true;
    return 1;
  };
  tf.tidy(() => {
    const zeros = tf.zeros<Rank.R2>([1, classes]);
    method.losses(
      tf,
      {
        studentLogits: zeros,
        teacherLogits: zeros,
        labels: zeros,
        get step() {
          return readStep();
        },
        get totalSteps() {
          return readStep();
        },
      },
      watched,
    );
  });
  const key = JSON.stringify([method.id, ...[...read].sort()]);
  const relatesExamples = Object.values(method.terms(parameters)).some(({ over }) => over === 'batch');
  return { key, dependsOnStep, relatesExamples };
}
