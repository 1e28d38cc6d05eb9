import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../config/errors';
import { pathFrom } from '../config/files';
import { readExperiment } from '../config/read';
import type { Experiment } from '../config/resolved';
import type { Reader } from '../data/reader';
import { explainDisk } from './atomic';
import { readPlan, writePlan } from './folder';
import { experimentFiles } from './layout';
import { isHeld } from './lease';
import { locateRuns, type Located } from './locate';
import { isOrphan, ownPath } from './ownership';
import { prepare } from './prepare';

/**
 * Gives the runs in `from` to an experiment whose file was renamed: their folder gets its name, and the plan in it tells
 * whose they are. Nothing where there are none.
 *
 * @throws UserError where a process is at work on them, or the new name has runs already
 */
export async function moveRuns(from: string, to: Located): Promise<void> {
  if (from === to.runsFolder || !existsSync(from)) return;
  if (await isHeld(experimentFiles(from).runner))
    throw new UserError(`${from} is in use by a runner. Wait until it ends, or stop it first.`);
  if (existsSync(to.runsFolder) && readdirSync(to.runsFolder).length > 0)
    throw new UserError(
      `${to.runsFolder} exists already, so the runs in ${from} cannot be renamed to ${to.name}. Choose another name, or move that folder away.`,
    );
  // Somebody else who saw the rename may have done it meanwhile.
  if (!existsSync(from)) return;
  try {
    mkdirSync(dirname(to.runsFolder), { recursive: true });
    renameSync(from, to.runsFolder);
  } catch (error) {
    throw explainDisk(error, to.runsFolder);
  }
  const { value: plan } = await readPlan(to.runsFolder);
  if (plan === null) return;
  const [before = '', after = ''] = [from, to.runsFolder].map((folder) => pathFrom(to.root, folder));
  const items = plan.items.map((item) =>
    item.folder === before || item.folder.startsWith(`${before}/`)
      ? { ...item, folder: after + item.folder.slice(before.length) }
      : item,
  );
  writePlan(to.runsFolder, { ...plan, experiment: to.name, file: ownPath(to), items });
}

/**
 * Finds the folder of runs of an experiment whose file was renamed outside of the editor: its own file is gone and its plan
 * has runs of the same identities. Writes nothing.
 *
 * @returns null where the experiment has runs under its name, or where none or several fit
 */
export async function findRenamedRuns(file: string, reader: Reader): Promise<string | null> {
  const { experiment, diagnostics } = readExperiment(file);
  if (experiment === null || diagnostics.some(({ severity }) => severity === 'error')) return null;
  if (existsSync(experiment.runsFolder)) return null;
  const orphans = await orphansBeside(experiment);
  const fitting: string[] = [];
  for (const folder of orphans) if (await fits(file, folder, reader)) fitting.push(folder);
  return fitting.length === 1 ? fitting[0]! : null;
}

/** Gives such runs to the experiment. */
export async function adoptRuns(file: string, reader: Reader): Promise<void> {
  const from = await findRenamedRuns(file, reader);
  if (from !== null) await moveRuns(from, locateRuns(file));
}

async function orphansBeside({ root, runsFolder }: Experiment): Promise<string[]> {
  const parent = dirname(runsFolder);
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries) {
    const folder = join(parent, entry.name);
    if (!entry.isDirectory() || !existsSync(experimentFiles(folder).plan)) continue;
    const { value: plan } = await readPlan(folder);
    if (plan !== null && (await isOrphan(root, plan))) found.push(folder);
  }
  return found;
}

/** With the engine that computed them, which is in their identities. */
async function fits(file: string, folder: string, reader: Reader): Promise<boolean> {
  const { plan } = await prepare(file, reader, undefined, { runsFolder: folder });
  const { value: old } = await readPlan(folder);
  const known = new Set(old?.items.flatMap(({ kind, identity }) => (kind === 'run' ? identity : [])));
  return plan?.items.some(({ kind, identity }) => kind === 'run' && known.has(identity)) ?? false;
}
