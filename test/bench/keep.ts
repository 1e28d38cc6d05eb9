import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './contenders';
import type { Results } from './results';

const FILE = join(root, 'test-results/bench.json');

/** After every workload and measure, so that a run that is ended leaves what it has. */
export function keep(results: Results): void {
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, `${JSON.stringify(results, null, 2)}\n`);
}

/** What the last run left. @throws Error with a sentence where there is nothing */
export function kept(): Results {
  try {
    return JSON.parse(readFileSync(FILE, 'utf8')) as Results;
  } catch {
    throw new Error(`${FILE} has no figures: run \`npm run bench\` first.`);
  }
}

/** A run that begins with the figures of the last one: those that are measured now take their places. */
export function takePlace(
  results: Results,
  measured: Results['workloads'][number],
  order: readonly string[],
) {
  results.workloads = [...results.workloads.filter(({ id }) => id !== measured.id), measured].sort(
    (a, b) => order.indexOf(a.id) - order.indexOf(b.id),
  );
}
