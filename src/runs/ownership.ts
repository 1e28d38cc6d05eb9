import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathFrom } from '../config/files';
import type { Experiment } from '../config/resolved';
import { configName } from '../config/kinds';
import { discover } from './discover';
import type { PlanFile } from './files';
import { readPlan } from './folder';

type Where = Pick<Experiment, 'file' | 'root' | 'runsFolder'>;

/** As plan.json names the experiment that it belongs to. */
export const ownPath = ({ file, root }: Pick<Where, 'file' | 'root'>): string => pathFrom(root, file);

/**
 * The other experiment file, absolute, whose runs stand where those of this one would; null where there is none. One that
 * is gone was moved or renamed: its runs are this one's.
 */
export async function otherOwner(where: Where): Promise<string | null> {
  const { value: plan } = await readPlan(where.runsFolder);
  if (plan?.file === undefined) return null;
  const owner = resolve(where.root, plan.file);
  return existsSync(owner) && !isSame(owner, where.file) ? owner : null;
}

/** Whether no experiment under the root is the one that a folder of runs belongs to, by its plan. */
export async function isOrphan(root: string, { file, experiment }: PlanFile): Promise<boolean> {
  if (file !== undefined) return !existsSync(resolve(root, file));
  return !(await discover(root)).experiments.some((one) => configName(one) === experiment);
}

/** On a file system that does not tell cases apart, two paths may be one file. */
const isSame = (a: string, b: string): boolean =>
  a === b || (existsSync(b) && realpathSync.native(a) === realpathSync.native(b));
