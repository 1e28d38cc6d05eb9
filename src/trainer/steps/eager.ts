import { toTensors } from './data';
import { numbersOf, stepWith } from './gradients';
import { plainUpdater } from './plainUpdater';
import { shareScalars, toShare } from './share';
import type { Stepper, StepperTask } from './stepper';

/** Operation by operation; the optimizer is the engine's own, or else plain arithmetic on the processor. */
export function eagerStepper(task: StepperTask): Stepper {
  const { engine, network, objective, inputShape } = task;
  const { tf } = engine;
  const makeUpdater = engine.updater ?? plainUpdater(tf);
  const updater = makeUpdater(task.optimizer, network.trainable, task.optimizerState);
  return {
    step: (data, learningRate, step) =>
      stepWith(tf, network, objective, data, inputShape, step, (gradients) =>
        updater.apply(gradients, learningRate, step + 1),
      ),
    share(data, step) {
      let numbers: Record<string, number> = {};
      tf.tidy(() => {
        const batch = toTensors(tf, data, inputShape);
        const logits = () => network.train(batch.inputs, step);
        const moment = { step, totalSteps: objective.totalSteps };
        numbers = numbersOf(shareScalars(tf, network, objective, batch, logits, moment));
      });
      return toShare(numbers, objective.weights);
    },
    settle: () => undefined,
    optimizerState: () => updater.read(),
    dispose: () => updater.dispose(),
  };
}
