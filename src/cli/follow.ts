import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Experiment } from '../config/resolved';
import { isRunning } from '../runner/stop';
import { unlessMissing } from '../runs/atomic';
import { absoluteFolder, readPlan } from '../runs/folder';
import { experimentFiles } from '../runs/layout';
import { Progress, type Moment } from './progress';

const LOOK_EVERY = 250;

/** Follows an experiment that a runner is at, from its files alone, until the runner has ended. */
export async function follow(
  { root, runsFolder }: Pick<Experiment, 'root' | 'runsFolder'>,
  trainers: number,
  show: (moment: Moment) => void,
): Promise<void> {
  let written: string | null = null;
  let progress: Progress | null = null;
  for (let running = true; running;) {
    running = await isRunning({ runsFolder });
    // The runner writes the plan when it knows the engine; an older one may lie there until then.
    const text = await unlessMissing(readFile(experimentFiles(runsFolder).plan, 'utf8'));
    if (text !== written) progress = await begin(root, runsFolder, trainers);
    written = text;
    if (progress !== null) show(await progress.read());
    if (running) await sleep(LOOK_EVERY);
  }
}

async function begin(root: string, runsFolder: string, trainers: number): Promise<Progress | null> {
  const { value: plan } = await readPlan(runsFolder);
  const runs = (plan?.items ?? []).filter((item) => item.kind === 'teacher' || item.kind === 'run');
  const folders = [...new Set(runs.map((item) => absoluteFolder(root, item)))];
  return folders.length === 0 ? null : Progress.begin(folders, trainers);
}
