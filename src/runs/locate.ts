import { join, resolve } from 'node:path';
import { configName } from '../config/kinds';
import type { Experiment } from '../config/resolved';
import { findRoot } from '../config/root';

/** Where an experiment and its runs are. */
export type Located = Pick<Experiment, 'file' | 'name' | 'root' | 'runsFolder'>;

/** The same as reading the experiment tells, also while its file has errors or is gone. */
export function locateRuns(file: string): Located {
  const { root, settings } = findRoot(file);
  const name = configName(file);
  return { file: resolve(file), name, root, runsFolder: join(resolve(root, settings.runs), name) };
}
