import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { configKind, endings } from '../config/kinds';
import type { RunnableExperiment } from '../runner/missingItems';
import { adoptRuns, findRenamedRuns } from '../runs/moveRuns';
import { prepare, type Prepared, type PrepareOptions } from '../runs/prepare';
import { formatDiagnostic, locate, shownPath } from './diagnostics';
import { UsageError } from './command';
import { printMessage } from './output';
import { reader } from './reader';

export const EXPERIMENT_ARGUMENT = 'a *.distill.json file, or a folder that contains one';

/** The experiment file that an argument names. @throws UsageError */
export function findExperiment(argument: string): string {
  const path = resolve(argument);
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (!isFolder) {
    const file = [path, `${path}${endings.experiment}`].find((candidate) => existsSync(candidate));
    if (file !== undefined) return file;
    throw new UsageError(`${shownPath(path)} does not exist. Expected ${EXPERIMENT_ARGUMENT}.`);
  }
  const found = readdirSync(path).filter((name) => name.endsWith(endings.experiment));
  const [only] = found;
  if (only !== undefined && found.length === 1) return join(path, only);
  const what = found.length === 0 ? 'no experiment' : `${found.length} experiments (${found.join(', ')})`;
  throw new UsageError(`${shownPath(path)} contains ${what}. Expected ${EXPERIMENT_ARGUMENT}.`);
}

/** The file that an argument names, or the config files in the folder that it names. @throws UsageError */
export function findConfigs(argument: string): string[] {
  const path = resolve(argument);
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  const found = readdirSync(path).filter((name) => configKind(name) !== null);
  if (found.length > 0) return found.map((name) => join(path, name));
  throw new UsageError(`${shownPath(path)} contains no config file. Expected ${EXPERIMENT_ARGUMENT}.`);
}

/**
 * Reads, checks and plans, for commands that change runs; prints errors and warnings. Runs of an experiment whose file was
 * renamed are moved to its new name.
 *
 * @throws UsageError if there are errors
 */
export async function prepareOrReport(argument: string): Promise<RunnableExperiment> {
  const file = findExperiment(argument);
  await adoptRuns(file, reader);
  return reported(await prepare(file, reader));
}

/** The same for commands that only read: runs of a renamed experiment are read where they are. */
export async function prepareToRead(
  argument: string,
  options: PrepareOptions = {},
): Promise<RunnableExperiment> {
  const file = findExperiment(argument);
  const runsFolder = (await findRenamedRuns(file, reader)) ?? undefined;
  if (runsFolder !== undefined)
    printMessage(`The runs of this experiment are in ${shownPath(runsFolder)}; run moves them to its name.`);
  return reported(await prepare(file, reader, undefined, { ...options, runsFolder }));
}

/** For commands that show results: they do not need the data. */
export const prepareResults = (argument: string): Promise<RunnableExperiment> =>
  prepareToRead(argument, { resultsOnly: true });

function reported(prepared: Prepared): RunnableExperiment {
  for (const diagnostic of locate(prepared.diagnostics))
    if (diagnostic.severity !== 'info') printMessage(formatDiagnostic(diagnostic));
  return readyOr(prepared);
}

/** The same again, without printing. @throws UsageError if there are errors */
export async function prepareAgain(file: string): Promise<RunnableExperiment> {
  return readyOr(await prepare(file, reader));
}

function readyOr(prepared: Prepared): RunnableExperiment {
  const { experiment, plan } = prepared;
  const errors = prepared.diagnostics.filter((d) => d.severity === 'error').length;
  if (errors === 0 && experiment !== null && plan !== null) return { ...prepared, experiment, plan };
  throw new UsageError(`${shownPath(prepared.file)} has errors: nothing was started.`);
}
