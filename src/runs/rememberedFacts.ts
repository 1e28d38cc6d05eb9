import { resolveArms } from '../config/resolveArms';
import type { Experiment } from '../config/resolved';
import { writeJson } from './atomic';
import { runFoldersOf } from './facts';
import { SCHEMA_VERSION } from './files';
import { readFacts } from './folder';
import { experimentFiles } from './layout';
import { settingKey, type PlanFacts } from './planned';

/** Stores facts about data and models with the results, which can then be shown without data and models. */
export function rememberFacts(runsFolder: string, { settings }: PlanFacts): void {
  writeJson(experimentFiles(runsFolder).facts, {
    schemaVersion: SCHEMA_VERSION,
    settings: [...(settings ?? [])].map(([key, facts]) => ({ key, ...facts })),
  });
}

/** The facts as they were when the last report was written; null where the file now asks for other data or models. */
export async function rememberedFacts(experiment: Experiment): Promise<PlanFacts | null> {
  const { value } = await readFacts(experiment.runsFolder);
  const settings = new Map(value?.settings.map(({ key, ...facts }) => [key, facts]));
  const keys = [experiment, ...resolveArms(experiment).map(({ setting }) => setting)].map(settingKey);
  const own = settings.get(keys[0]!);
  if (own === undefined || !keys.every((key) => settings.has(key))) return null;
  return { ...own, folders: await runFoldersOf(experiment), settings };
}
