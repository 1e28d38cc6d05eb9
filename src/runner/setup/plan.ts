import { type BroughtEngine, engineFolder, storageFolder } from '../../engines/storage';
import { planGpuSetup } from './gpuPlan';
import { planNativeSetup } from './nativePlan';
import type { Machine, SetupPlan } from './stage';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** How to set up an engine on a machine. @throws UserError where there is no way */
export const planSetup = (engine: BroughtEngine, machine: Machine): SetupPlan =>
  engine === 'native' ? planNativeSetup(machine) : planGpuSetup(machine);

const manifestSchema = z.object({ madeFrom: z.string() });

/** The versions that an engine in the storage folder was made from; null where nothing there says so. */
export function madeFrom(engine: BroughtEngine, storage = storageFolder()): string | null {
  try {
    const text = readFileSync(join(engineFolder(engine, storage), 'package.json'), 'utf8');
    return manifestSchema.safeParse(JSON.parse(text)).data?.madeFrom ?? null;
  } catch {
    return null;
  }
}

/** Whether a set-up with this plan would install the same versions. */
export const isCurrent = (engine: BroughtEngine, plan: SetupPlan, storage = storageFolder()) =>
  madeFrom(engine, storage) === plan.madeFrom;
