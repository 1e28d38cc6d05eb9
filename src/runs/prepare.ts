import { resolve } from 'node:path';
import type { Diagnostic } from '../config/diagnostics';
import { finding, writeValue } from '../config/document';
import { UserError } from '../config/errors';
import type { DataFacts, LintFacts } from '../config/facts';
import type { ReadText } from '../config/files';
import { lint } from '../config/lints';
import { readExperiment } from '../config/read';
import { readDocument } from '../config/readConfig';
import type { Experiment } from '../config/resolved';
import { planByResults, resultsNow, type Results } from './choose';
import { gatherFacts } from './facts';
import type { EngineFile, PlanItem } from './files';
import { absoluteFolder, readEngine } from './folder';
import { isTeacher, type Plan, type PlanFacts } from './plan';

/** Everything that is known of an experiment before anything runs. */
export interface Prepared {
  file: string;
  /** Null where one of its three files cannot be read; `diagnostics` say why. */
  experiment: Experiment | null;
  /** Null where the data cannot be read. */
  facts: DataFacts | null;
  diagnostics: Diagnostic[];
  /** From engine.json; null before the first run. */
  engine: EngineFile | null;
  /** Null where the files or the data have errors. */
  plan: Plan | null;
  /** The plan as the results decide it by now; the files are not read again. */
  planAgain: () => Promise<Plan | null>;
}

/**
 * Reads, checks and plans: the start of everything, for host, command line and runner alike. Writes nothing. `readText` gives
 * the text of files that are open and perhaps unsaved.
 */
export async function prepare(experimentFile: string, readText?: ReadText): Promise<Prepared> {
  const file = resolve(experimentFile);
  const { experiment, diagnostics } = readExperiment(file, readText);
  const nothing = {
    file,
    experiment,
    facts: null,
    diagnostics,
    engine: null,
    plan: null,
    planAgain: () => Promise.resolve(null),
  };
  // A file that is missing is said at its place already; reading on would say it again.
  if (experiment === null || diagnostics.some((d) => d.severity === 'error')) return nothing;

  const { value: engine } = await readEngine(experiment.runsFolder);
  let facts: PlanFacts;
  try {
    facts = await gatherFacts(experiment);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { document } = readDocument(file, readText?.(file));
    const { message, setting } = error;
    const fixes = setting ? writeValue(document, setting.path, setting.value) : [];
    const unusable = finding(document, ['data'], { code: 'unusable-data', message, fixes });
    return { ...nothing, engine, diagnostics: [...diagnostics, ...lint(experiment, {}, readText), unusable] };
  }
  const numerics = engine?.numerics ?? null;
  const planAgain = () => planByResults(experiment, facts, numerics);
  const results = resultsNow();
  const plan = await planByResults(experiment, facts, numerics, results);
  const known = { data: facts.data, ...(await accuracies(experiment, plan, results)) };
  return {
    file,
    experiment,
    facts: facts.data,
    diagnostics: [...diagnostics, ...lint(experiment, known, readText)],
    engine,
    plan,
    planAgain,
  };
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
