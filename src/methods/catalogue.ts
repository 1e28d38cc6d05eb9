import { dist } from './dist';
import { dkd } from './dkd';
import { hardLabels } from './hardLabels';
import { hinton } from './hinton';
import { labelSmoothing } from './labelSmoothing';
import { logitMatching } from './logitMatching';
import { logitStandardization } from './logitStandardization';
import type { Method } from './method';

/** Methods that an arm may name, in the order in which they are offered. */
export const methods: readonly Method[] = [
  hinton,
  dkd,
  logitStandardization,
  dist,
  logitMatching,
  labelSmoothing,
];

/** Scratch: added to every experiment by the plan, never written in a file. */
export const scratchMethod: Method = hardLabels;

export const findMethod = (id: string): Method | undefined =>
  [...methods, scratchMethod].find((m) => m.id === id);
