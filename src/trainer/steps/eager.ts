import { infer } from '../inference';
import { toTensors } from './data';
import { derivativeAt, numbersOf } from './gradients';
import { plainUpdater } from './plainUpdater';
import { shareScalars, toShare } from './share';
import type { Stepper, StepperOptions } from './stepper';

/** Eager steps; the optimizer is the engine's own, or else plain arithmetic. */
export function eagerStepper(task: StepperOptions): Stepper {
  const { engine, network, objective, inputShape } = task;
  const { tf } = engine;
  const makeUpdater = engine.updater ?? plainUpdater(tf);
  const updater = makeUpdater(task.optimizer, network.trainable, task.optimizerState);
  return {
    async step(data, learningRate, step) {
      const { terms, gradients } = derivativeAt(tf, network, objective, data, inputShape, step);
      await updater.apply(gradients, learningRate, step + 1);
      tf.dispose(gradients);
      return numbersOf(terms);
    },
    async share(data, step) {
      const scalars = tf.tidy(() => {
        const batch = toTensors(tf, data, inputShape);
        const logits = () => network.train(batch.inputs, step);
        const moment = { step, totalSteps: objective.totalSteps };
        return shareScalars(tf, network, objective, batch, logits, moment);
      });
      return toShare(await numbersOf(scalars), objective.weights);
    },
    logits: (inputs) => infer(tf, network, inputs, inputShape),
    settle: () => undefined,
    optimizerState: () => updater.read(),
    dispose: () => updater.dispose(),
  };
}
