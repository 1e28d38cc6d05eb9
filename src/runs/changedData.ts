import type { Experiment } from '../config/resolved';
import { absoluteFolder, readPlan, readRunFile } from './folder';
import type { PlanFacts } from './planned';

/** A sentence where the runs of the last plan were trained on other data than the file names now; null where not. */
export async function changedData(
  { root, runsFolder, name }: Experiment,
  { data, settings }: PlanFacts,
): Promise<string | null> {
  const { value: plan } = await readPlan(runsFolder);
  const known = new Set([data.hash, ...[...(settings?.values() ?? [])].map((one) => one.data.hash)]);
  for (const item of plan?.items.filter(({ kind }) => kind === 'run') ?? []) {
    const { value: run } = await readRunFile(absoluteFolder(root, item));
    if (run === null) continue;
    if (known.has(run.data.hash)) return null;
    const short = (hash: string) => `${hash.slice(0, 4)}…`;
    return `The runs of ${name} were trained on other data (${short(run.data.hash)} → ${short(data.hash)}): Run trains all of them again. To keep them, name the data that they were trained on.`;
  }
  return null;
}
