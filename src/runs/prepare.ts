import { resolve } from 'node:path';
import type { DataConfig } from '../config/data';
import { type Diagnostic, finding, writeValue } from '../config/document';
import { UserError } from '../config/errors';
import type { DataFacts, LintFacts } from '../config/facts';
import { pathFrom, type ReadText } from '../config/files';
import { lint } from '../config/lints';
import { readExperiment } from '../config/read';
import { readDocument } from '../config/readConfig';
import type { Numerics } from '../config/numerics';
import type { Experiment } from '../config/resolved';
import { dataFiles } from '../config/root';
import type { Reader } from '../data/reader';
import { changedData } from './changedData';
import { expectedNumerics } from './expectedNumerics';
import { planByResults, resultsNow, type Results } from './planByResults';
import { gatherFacts } from './facts';
import { rememberedFacts } from './rememberedFacts';
import type { EngineFile, PlanItem } from './files';
import { absoluteFolder, readEngine } from './folder';
import { otherOwner } from './ownership';
import { isTeacher, type Plan, type PlanFacts } from './plan';

/** The code of the diagnostic of an experiment whose name another one has. */
export const NAME_TAKEN = 'name-taken';

/** Everything that is known of an experiment before anything runs. */
export interface Prepared {
  file: string;
  /** Null where one of its three files cannot be read; `diagnostics` say why. */
  experiment: Experiment | null;
  /** Null where the data cannot be read, or must not be. */
  facts: DataFacts | null;
  /** The same, with all that the plan is made from. */
  planFacts: PlanFacts | null;
  diagnostics: Diagnostic[];
  /** From engine.json; null before the first run, and where that must not be read. */
  engine: EngineFile | null;
  /** What the plan is made for: those of the engine or, before the first run, the expected ones; null where unknown. */
  numerics: Numerics | null;
  /** Null where the files or the data have errors. */
  plan: Plan | null;
  /** The plan as the results decide it by now; the files are not read again. */
  planAgain: () => Promise<Plan | null>;
}

export interface PrepareOptions {
  /** Where the runs are, if not where the experiment's name says: to see whether they are its own. */
  runsFolder?: string | undefined;
  /** To show results: where data or models cannot be read, what was known when they were last read will do. */
  resultsOnly?: boolean;
}

/**
 * Reads, checks and plans: the start of everything, for host, command line and runner alike. Writes nothing.
 *
 * @param reader reads data and saved models; null: nothing but config files is read, so that there are no facts and no plan
 * @param readText gives the text of files that are open and perhaps unsaved
 */
export async function prepare(
  experimentFile: string,
  reader: Reader | null,
  readText?: ReadText,
  { runsFolder, resultsOnly = false }: PrepareOptions = {},
): Promise<Prepared> {
  const file = resolve(experimentFile);
  const read = readExperiment(file, readText, reader !== null && !resultsOnly);
  const experiment = read.experiment && { ...read.experiment, ...(runsFolder && { runsFolder }) };
  const remembered = experiment && resultsOnly ? await rememberedFacts(experiment) : null;
  // Reading them fails again below, with the reason.
  const isMissingData = ({ code }: Diagnostic) => code === 'missing-file' || code === 'bad-model';
  const diagnostics = read.diagnostics.filter((one) => remembered === null || !isMissingData(one));
  const owner =
    experiment && reader !== null && runsFolder === undefined ? await otherOwner(experiment) : null;
  if (owner !== null) {
    const { document } = readDocument(file, readText?.(file));
    diagnostics.push(finding(document, [], nameTaken(experiment!, owner)));
  }
  const nothing = {
    file,
    experiment,
    facts: null,
    planFacts: null,
    diagnostics,
    engine: null,
    numerics: null,
    plan: null,
    planAgain: () => Promise.resolve(null),
  };
  const unusable = (error: UserError): Diagnostic => {
    const { document } = readDocument(file, readText?.(file));
    const fixes = error.setting ? writeValue(document, error.setting.path, error.setting.value) : [];
    return finding(document, ['data'], { code: 'unusable-data', message: error.message, fixes });
  };
  if (experiment === null || diagnostics.some((d) => d.severity === 'error')) {
    // Errors in the data are shown together with those in other files.
    const problem = reader && read.data && (await dataProblem(read.data, read.root, reader));
    return problem ? { ...nothing, diagnostics: [...diagnostics, unusable(problem)] } : nothing;
  }
  if (reader === null) {
    const found = lint(experiment, { savedModels: false }, readText);
    return { ...nothing, diagnostics: [...diagnostics, ...found] };
  }

  const { value: engine } = await readEngine(experiment.runsFolder);
  const onData = (about: Parameters<typeof finding>[2]) =>
    finding(readDocument(file, readText?.(file)).document, ['data'], about);
  let facts: PlanFacts;
  try {
    facts = await gatherFacts(experiment, reader);
  } catch (error) {
    if (remembered === null) {
      if (!(error instanceof UserError)) throw error;
      return {
        ...nothing,
        engine,
        diagnostics: [...diagnostics, ...lint(experiment, {}, readText), unusable(error)],
      };
    }
    facts = remembered;
    const reason = error instanceof Error ? error.message : String(error);
    const message = `${reason} The results are shown as they were recorded.`;
    diagnostics.push(onData({ severity: 'warning', code: 'unreadable-data', message }));
  }
  const numerics = engine?.numerics ?? (await expectedNumerics(experiment));
  const planAgain = () => planByResults(experiment, facts, numerics);
  const results = resultsNow();
  const plan = await planByResults(experiment, facts, numerics, results);
  const known = { data: facts.data, ...(await accuracies(experiment, plan, results)) };
  const changed = await changedData(experiment, facts);
  return {
    file,
    experiment,
    facts: facts.data,
    planFacts: facts,
    diagnostics: [
      ...diagnostics,
      ...lint(experiment, known, readText),
      ...(changed === null ? [] : [onData({ severity: 'warning', code: 'changed-data', message: changed })]),
    ],
    engine,
    numerics,
    plan,
    planAgain,
  };
}

/** Why the data cannot be used; null if they can. */
async function dataProblem(config: DataConfig, root: string, reader: Reader): Promise<UserError | null> {
  try {
    await reader.ask('describe', dataFiles(config, root), { config, folder: root });
    return null;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

function nameTaken({ name, root, runsFolder }: Experiment, owner: string): Parameters<typeof finding>[2] {
  const message = `${pathFrom(root, runsFolder)} holds the runs of ${pathFrom(root, owner)}, which is called ${name} too. Rename one of the two.`;
  return { code: NAME_TAKEN, message };
}

/** Of teacher and best student on validation, as far as they are trained. */
async function accuracies({ root }: Experiment, plan: Plan, read: Results): Promise<Omit<LintFacts, 'data'>> {
  const best = async (wanted: (item: PlanItem) => boolean) => {
    const items = plan.items.filter(wanted);
    const results = await Promise.all(items.map((item) => read(absoluteFolder(root, item))));
    const values = results.flatMap((result) => result?.validation.accuracy ?? []);
    return values.length > 0 ? Math.max(...values) : undefined;
  };
  return {
    teacherAccuracy: await best(isTeacher),
    studentAccuracy: await best(({ kind }) => kind === 'run'),
  };
}
