import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { endings } from '../config/kinds';

/** What is below a folder. */
export interface Discovered {
  /** Absolute paths of *.distill.json files, sorted. */
  experiments: string[];
  /** Absolute paths of run folders (those with a run.json), sorted. */
  runs: string[];
}

/** Runs are never deeper, and links may form cycles. */
const DEEPEST = 12;

/** Searches a folder; node_modules, hidden folders and what cannot be read are skipped. */
export async function discover(folder: string): Promise<Discovered> {
  const found: Discovered = { experiments: [], runs: [] };
  await look(folder, 0, found);
  return { experiments: found.experiments.sort(), runs: found.runs.sort() };
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
