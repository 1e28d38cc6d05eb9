import { NotTraceable } from '../../engines/graph';
import { eagerStepper } from './eager';
import { graphStepper } from './graph';
import type { Stepper, StepperTask } from './stepper';

/** A graph where the engine compiles and the network lets it; else eager, and `say` is told why. */
export function chooseStepper(task: StepperTask, say: (sentence: string) => void): Stepper {
  const { compile } = task.engine;
  if (!compile) return eagerStepper(task);
  try {
    return graphStepper(task, compile);
  } catch (error) {
    if (!(error instanceof NotTraceable)) throw error;
    say(`Steps run eagerly, not as one graph. ${error.message}`);
    return eagerStepper(task);
  }
}

export type MakeStepper = typeof chooseStepper;
