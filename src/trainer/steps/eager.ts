import { Optimizer } from '../../models/optimizers';
import { infer } from '../inference';
import { toTensors } from './data';
import { gradientsAt, numbersOf } from './gradients';
import { shareScalars, toShare } from './share';
import type { Stepper, StepperTask } from './stepper';
import { update } from './update';

/** Operation by operation; the optimizer is plain arithmetic on the processor. */
export function eagerStepper(task: StepperTask): Stepper {
  const { engine, network, objective, inputShape } = task;
  const { tf } = engine;
  const optimizer = new Optimizer(task.optimizer, task.optimizerState);
  return {
    async step(data, learningRate, step) {
      const { raw, gradients } = await gradientsAt(tf, network, objective, data, inputShape, step);
      await update(tf, network, optimizer, gradients, learningRate, step + 1);
      return raw;
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
    optimizerState: () => Promise.resolve(optimizer.state),
    dispose: () => undefined,
  };
}
