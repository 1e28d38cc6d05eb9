import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { endings } from '../config/kinds';
import { absoluteFolder } from './folder';
import type { Prepared } from './prepare';

/** What stands below a folder. */
export interface Discovered {
  /** Absolute paths of *.distill.json files, sorted. */
  experiments: string[];
  /** Absolute paths of run folders (those with a run.json), sorted. */
  runs: string[];
}

/** Beyond that nothing of ours is kept, and a folder may lead back into itself. */
const DEEPEST = 12;

/** Looks through a folder; node_modules, hidden folders and what cannot be read are passed over. */
export async function discover(folder: string): Promise<Discovered> {
  const found: Discovered = { experiments: [], runs: [] };
  await look(folder, 0, found);
  return { experiments: found.experiments.sort(), runs: found.runs.sort() };
}

/** Folders of runs of this experiment that its file does not ask for any more (changed settings, removed arms). */
export async function runsNotInFile({ experiment, plan }: Prepared): Promise<string[]> {
  if (experiment === null || plan === null) return [];
  const asked = new Set(plan.items.map((item) => absoluteFolder(experiment.root, item)));
  return (await discover(experiment.runsFolder)).runs.filter((folder) => !asked.has(folder));
}

async function look(folder: string, depth: number, found: Discovered): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  // A run's folder holds no others.
  if (entries.some((entry) => entry.name === 'run.json')) {
    found.runs.push(folder);
    return;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isFile() && entry.name.endsWith(endings.experiment)) found.experiments.push(path);
    const skipped = entry.name.startsWith('.') || entry.name === 'node_modules';
    if (entry.isDirectory() && !skipped && depth < DEEPEST) await look(path, depth + 1, found);
  }
}
