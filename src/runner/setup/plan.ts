import type { BroughtEngine } from '../../engines/storage';
import { gpuWay } from './gpuWay';
import { nativeWay } from './nativeWay';
import type { Machine, Way } from './stage';

/** How to set up an engine on a machine. @throws UserError where there is no way */
export const planSetup = (engine: BroughtEngine, machine: Machine): Way =>
  engine === 'native' ? nativeWay(machine) : gpuWay(machine);
