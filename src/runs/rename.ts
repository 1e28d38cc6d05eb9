import { copyFileSync, constants, existsSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../config/errors';
import { configName, endings } from '../config/kinds';
import { wrongName } from '../config/scaffold';
import { explainDisk } from './atomic';
import { discover } from './discover';
import { locateRuns } from './locate';
import { moveRuns } from './moveRuns';
import { otherOwner } from './ownership';

/**
 * Renames an experiment: its file, and the folder of its runs, which stay its own.
 *
 * @returns the new file
 * @throws UserError where the name is no name or taken, or a runner is at work
 */
export async function renameExperiment(file: string, name: string): Promise<string> {
  const to = await freeFile(file, name);
  await renameRuns(file, to);
  act(to, () => renameSync(file, to));
  return to;
}

/**
 * Gives the runs of an experiment to the file that it has become, or is about to become. Runs that stand under its name and
 * are another's stay where they are.
 */
export async function renameRuns(before: string, after: string): Promise<void> {
  const from = locateRuns(before);
  if ((await otherOwner(from)) === null) await moveRuns(from.runsFolder, locateRuns(after));
}

/** Copies an experiment's file under another name; the copy has no runs, and the same teacher and student. */
export async function duplicateExperiment(file: string, name: string): Promise<string> {
  const to = await freeFile(file, name);
  act(to, () => copyFileSync(file, to, constants.COPYFILE_EXCL));
  return to;
}

/** Why an experiment cannot be called so, as a sentence; null where it can. */
export async function whyNotCalled(file: string, name: string): Promise<string | null> {
  const wrong = wrongName(name);
  if (wrong !== null) return wrong;
  const to = siblingOf(file, name);
  const { root, runsFolder } = locateRuns(to);
  const namesake = existsSync(to)
    ? to
    : (await discover(root)).experiments.find((one) => configName(one) === name);
  if (namesake !== undefined) return `${namesake} is called ${name} already. Choose another name.`;
  return existsSync(runsFolder)
    ? `${runsFolder} exists already and holds earlier runs. Choose another name, or move that folder away.`
    : null;
}

const siblingOf = (file: string, name: string) => join(dirname(file), `${name}${endings.experiment}`);

async function freeFile(file: string, name: string): Promise<string> {
  const problem = await whyNotCalled(file, name);
  if (problem !== null) throw new UserError(problem);
  return siblingOf(file, name);
}

function act(file: string, change: () => void): void {
  try {
    change();
  } catch (error) {
    throw explainDisk(error, file);
  }
}
