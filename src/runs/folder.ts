import { arch, cpus, platform } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../config/errors';
import type { Numerics } from '../config/numerics';
import { readAtMost } from '../config/wholeFile';
import { formatJson, unlessMissing, writeFirst, writeJson } from './atomic';
import {
  costFileSchema,
  engineFileSchema,
  factsFileSchema,
  movedFileSchema,
  normalizationFileSchema,
  planFileSchema,
  probesFileSchema,
  resultFileSchema,
  runFileSchema,
  specialistFileSchema,
  SCHEMA_VERSION,
  type CostFile,
  type EngineFile,
  type FactsFile,
  type MovedFile,
  type NormalizationFile,
  type PlanFile,
  type ProbesFile,
  type ResultFile,
  type RunFile,
  type SpecialistFile,
} from './files';
import { experimentFiles, runFiles } from './layout';
import type { RunDraft } from './plan';

/**
 * Makes the folder of a run and its run.json, once: one that is there stays as it is.
 * @throws UserError where the folder cannot be written, or holds another run
 */
export async function createRun(
  folder: string,
  draft: RunDraft,
  numerics: Numerics,
  versions: Pick<RunFile['versions'], 'distillery' | 'tensorflow'>,
): Promise<RunFile> {
  const file = runFiles(folder).run;
  const run: RunFile = {
    ...draft,
    numerics,
    versions: { ...versions, node: process.versions.node },
    machine: { platform: platform(), arch: arch(), cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length },
    created: new Date().toISOString(),
  };
  if (writeFirst(file, formatJson(run))) return run;
  const there = await readRunFile(folder);
  if (there.value === null) throw new UserError(there.problem ?? `${file} is missing.`);
  if (there.value.identity !== run.identity)
    throw new UserError(`${file} belongs to another run. Move its folder away, then run again.`);
  return there.value;
}

/** What a file of a run folder gives: its value, or null with a sentence, or null for a file that is not there. */
export interface Reading<T> {
  value: T | null;
  problem: string | null;
}

/** run.json, unchanged. */
export const readFirstRunFile = (folder: string): Promise<Reading<RunFile>> =>
  readJson(runFiles(folder).run, runFileSchema);

/** run.json, with the paths of moved.json where that is there: what it names may have been moved since it was written. */
export async function readRunFile(folder: string): Promise<Reading<RunFile>> {
  const run = await readFirstRunFile(folder);
  const { value: moved } = await readMoved(folder);
  if (run.value === null || moved === null) return run;
  const { schemaVersion: _, data, ...paths } = moved;
  return { ...run, value: { ...run.value, ...paths, data: { ...run.value.data, ...data } } };
}
export const readMoved = (folder: string): Promise<Reading<MovedFile>> =>
  readJson(runFiles(folder).moved, movedFileSchema);
export const readResult = (folder: string): Promise<Reading<ResultFile>> =>
  readJson(runFiles(folder).result, resultFileSchema);
export const readSpecialist = (folder: string): Promise<Reading<SpecialistFile>> =>
  readJson(runFiles(folder).specialist, specialistFileSchema);
export const readNormalization = (folder: string): Promise<Reading<NormalizationFile>> =>
  readJson(runFiles(folder).normalization, normalizationFileSchema);
export const readCost = (folder: string): Promise<Reading<CostFile>> =>
  readJson(runFiles(folder).cost, costFileSchema);
export const readProbes = (folder: string): Promise<Reading<ProbesFile>> =>
  readJson(runFiles(folder).probes, probesFileSchema);

/** engine.json and plan.json of an experiment's folder of runs. */
export const readEngine = (runsFolder: string): Promise<Reading<EngineFile>> =>
  readJson(experimentFiles(runsFolder).engine, engineFileSchema);
export const readPlan = (runsFolder: string): Promise<Reading<PlanFile>> =>
  readJson(experimentFiles(runsFolder).plan, planFileSchema);
export const readFacts = (runsFolder: string): Promise<Reading<FactsFile>> =>
  readJson(experimentFiles(runsFolder).facts, factsFileSchema);
export const writeEngine = (runsFolder: string, engine: EngineFile) =>
  writeJson(experimentFiles(runsFolder).engine, engine);
export const writePlan = (runsFolder: string, plan: PlanFile) =>
  writeJson(experimentFiles(runsFolder).plan, plan);

/** Bytes of any of these files: the examples in probes.json are the most, some tens of large pictures. */
const MOST_JSON = 50_000_000;

/** Reads as much as possible: a newer version is tried as well, with a warning. */
async function readJson<T>(file: string, schema: z.ZodType<T>): Promise<Reading<T>> {
  let json: unknown;
  try {
    const bytes = await unlessMissing(readAtMost(file, MOST_JSON));
    if (bytes === null) return { value: null, problem: null };
    json = JSON.parse(bytes.toString());
  } catch (error) {
    if (error instanceof UserError) return { value: null, problem: error.message };
    if (!(error instanceof SyntaxError)) throw error;
    return { value: null, problem: `${file} is not complete JSON: it is damaged or truncated.` };
  }
  const { data: value = null, error } = schema.safeParse(json);
  const version =
    z.object({ schemaVersion: z.number() }).safeParse(json).data?.schemaVersion ?? SCHEMA_VERSION;
  if (version > SCHEMA_VERSION)
    return {
      value,
      problem: `Written with format version ${version}; this version of Distillery knows ${SCHEMA_VERSION}. Showing what can be read.`,
    };
  if (error === undefined) return { value, problem: null };
  const [issue] = error.issues;
  return { value, problem: `${file}: ${issue?.path.join('.')}: ${issue?.message}. See docs/run-folder.md.` };
}

/** The absolute folder of a plan's item. */
export const absoluteFolder = (root: string, item: { folder: string }) => join(root, item.folder);
