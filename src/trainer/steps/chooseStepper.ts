import { NotTraceable } from '../../engines/graph';
import { eagerStepper } from './eager';
import { graphStepper } from './graph';
import type { Stepper, StepperOptions } from './stepper';

/** A graph if the engine can compile the network; else eager, and `log` receives the reason. */
export function chooseStepper(task: StepperOptions, log: (sentence: string) => void): Stepper {
  const { compile } = task.engine;
  if (!compile) return eagerStepper(task);
  try {
    return graphStepper(task, compile);
  } catch (error) {
    if (!(error instanceof NotTraceable)) throw error;
    log(`Steps run eagerly, not as one graph. ${error.message}`);
    return eagerStepper(task);
  }
}

export type MakeStepper = typeof chooseStepper;
