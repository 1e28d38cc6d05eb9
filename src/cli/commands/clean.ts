import { existsSync, readdirSync, rmSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../config/errors';
import { configName } from '../../config/kinds';
import { bytes, plural } from '../../results/format';
import { discover } from '../../runs/discover';
import { removedRunFolders } from '../../runs/removedRuns';
import { readPlan, readRunFile } from '../../runs/folder';
import { layout, runFiles } from '../../runs/layout';
import { isHeld } from '../../runs/lease';
import { readLooks } from '../../runs/jsonLines';
import { runStatus } from '../../runs/status';
import type { RunnableExperiment } from '../../runner/missingItems';
import { isRunning } from '../../runner/stop';
import { otherCacheUsers } from '../../runs/cacheUsers';
import { shownPath } from '../diagnostics';
import { EXPERIMENT_ARGUMENT, prepareOrReport, prepareToRead } from '../experiment';
import { EXIT, type RegisterCommand } from '../command';
import { print, printJson, printMessage } from '../output';

interface Flags {
  runs?: true;
  dryRun?: true;
  json?: true;
}

export const cleanCommand: RegisterCommand = (program, end) => {
  program
    .command('clean')
    .description(
      'Deletes the cache of soft targets, unless another experiment needs it; it is rebuilt when needed. With --runs, also deletes runs that are no longer in the experiment file.',
    )
    .argument('<experiment>', EXPERIMENT_ARGUMENT)
    .option('--runs', 'also delete runs of this experiment that are no longer in its file')
    .option('--dry-run', 'show what would be deleted, and delete nothing')
    .option('--json', 'print a list of path and bytes')
    .addHelpText('after', '\nExample:\n  distillery clean experiments/few-labels --runs --dry-run')
    .action(async (argument: string, { runs, dryRun, json }: Flags) => {
      const ready = await (dryRun ? prepareToRead : prepareOrReport)(argument);
      const { experiment } = ready;
      if (await isRunning(experiment))
        throw new UserError(
          `${experiment.name} is running and needs its files. Stop it first, or wait until it ends.`,
        );
      const users = await otherCacheUsers(experiment);
      const cache = users.length === 0 ? [layout.cache(experiment.root)] : [];
      if (users.length > 0)
        printMessage(
          `The cache of soft targets is kept: ${users.join(', ')} ${users.length === 1 ? 'needs' : 'need'} it.`,
        );
      const stale = runs ? await staleRuns(ready) : [];
      const found = [...cache, ...stale].filter((path) => existsSync(path));
      const sized = found.map((path) => ({ path, bytes: sizeOf(path) }));
      if (!dryRun) for (const path of found) remove(path);
      if (json) printJson(sized);
      else {
        const total = bytes(sized.reduce((sum, one) => sum + one.bytes, 0));
        const verb = dryRun ? 'would be deleted' : 'deleted';
        print(
          ...sized.map((one) => `${shownPath(one.path)}  ${bytes(one.bytes)}`),
          sized.length === 0 ? 'Nothing to delete.' : `${plural(sized.length, 'folder')} ${verb}, ${total}.`,
        );
      }
      end(EXIT.done);
    });
};

/** Runs that are no longer in the file and that no process writes. @throws UserError if they may belong to another experiment */
async function staleRuns(ready: RunnableExperiment): Promise<string[]> {
  const { file, name, root, runsFolder } = ready.experiment;
  const { value: plan } = await readPlan(runsFolder);
  const namesake = (await discover(root)).experiments.find((one) => one !== file && configName(one) === name);
  if (namesake !== undefined && plan?.file === undefined)
    throw new UserError(
      `${shownPath(runsFolder)} does not say whether its runs belong to ${shownPath(file)} or to ${shownPath(namesake)}. Rename one of the two first.`,
    );
  const folders = await removedRunFolders(ready);
  const looked = new Set(
    (await readLooks(runsFolder)).flatMap(({ runs }) => runs.map((run) => run.identity)),
  );
  const identities = await Promise.all(folders.map(identityIn));
  const inVerdict = identities.filter((identity) => looked.has(identity)).length;
  if (inVerdict > 0)
    printMessage(
      `${plural(inVerdict, 'run is', 'runs are')} kept: the test set was opened for ${inVerdict === 1 ? 'it' : 'them'}, so the verdict needs ${inVerdict === 1 ? 'it' : 'them'}.`,
    );
  const held = await Promise.all(folders.map(async (folder) => isHeld(runFiles(folder).lease)));
  const states = await Promise.all(folders.map(runStatus));
  return folders.filter(
    (_, index) => !held[index] && !looked.has(identities[index]!) && states[index]!.status !== 'running',
  );
}

const identityIn = async (folder: string): Promise<string> =>
  (await readRunFile(folder)).value?.identity ?? '';

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true });
    // Delete the folder of an arm with its last seed.
    if (readdirSync(dirname(folder)).length === 0) rmdirSync(dirname(folder));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`${shownPath(folder)} could not be deleted completely: ${reason}.`, { cause: error });
  }
}

function sizeOf(path: string): number {
  const { size } = statSync(path);
  if (!statSync(path).isDirectory()) return size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
