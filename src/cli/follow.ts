import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Experiment } from '../config/resolved';
import { phaseOf, phaseText } from '../runner/phase';
import { isRunning } from '../runner/stop';
import { unlessMissing } from '../runs/atomic';
import { absoluteFolder, readPlan } from '../runs/folder';
import { experimentFiles } from '../runs/layout';
import { prepare } from '../runs/prepare';
import { Progress } from './progress';
import type { ProgressView } from './progressView';
import { reader } from './reader';

const LOOK_EVERY = 250;

/** Follows a running experiment through its files until the runner has ended. */
export async function follow(
  experiment: Experiment,
  trainers: number,
  view: Pick<ProgressView, 'show' | 'log'>,
): Promise<void> {
  const { root, runsFolder } = experiment;
  let phase: string | null = null;
  let written: string | null = null;
  let progress: Progress | null = null;
  for (let running = true; running;) {
    running = await isRunning({ runsFolder });
    // The runner writes the plan once it knows the engine; until then there may be an older one.
    const text = await unlessMissing(readFile(experimentFiles(runsFolder).plan, 'utf8'));
    if (text !== written) progress = await begin(root, runsFolder, trainers);
    written = text;
    const snapshot = await progress?.read();
    if (snapshot) view.show(snapshot);
    const now = running && snapshot?.finished === snapshot?.runs ? await phaseNow(experiment) : null;
    if (now !== null && now !== phase) view.log(`${now}…`);
    phase = now ?? phase;
    if (running) await sleep(LOOK_EVERY);
  }
}

/** What the runner does after the last training, by the current plan. */
async function phaseNow({ file }: Experiment): Promise<string | null> {
  const { experiment, plan } = await prepare(file, reader);
  const phase = experiment && plan ? await phaseOf(experiment, plan) : null;
  return phase && `${phaseText[phase][0]!.toUpperCase()}${phaseText[phase].slice(1)}`;
}

async function begin(root: string, runsFolder: string, trainers: number): Promise<Progress | null> {
  const { value: plan } = await readPlan(runsFolder);
  const runs = (plan?.items ?? []).filter((item) => item.kind === 'teacher' || item.kind === 'run');
  const folders = [...new Set(runs.map((item) => absoluteFolder(root, item)))];
  return folders.length === 0 ? null : Progress.begin(folders, trainers);
}
