import { existsSync, readdirSync, rmSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../config/errors';
import { configName } from '../../config/kinds';
import { bytes, plural } from '../../results/format';
import { discover } from '../../runs/discover';
import { removedRunFolders } from '../../runs/removedRuns';
import { readPlan } from '../../runs/folder';
import { layout, runFiles } from '../../runs/layout';
import { isHeld } from '../../runs/lease';
import { runStatus } from '../../runs/status';
import type { RunnableExperiment } from '../../runner/missingItems';
import { isRunning } from '../../runner/stop';
import { otherCacheUsers } from '../../runs/cacheUsers';
import { shownPath } from '../diagnostics';
import { EXPERIMENT_ARGUMENT, prepareOrTell } from '../experiment';
import { EXIT } from '../exit';
import { print, printJson, tell } from '../output';
import type { Verb } from '../verb';

interface Flags {
  runs?: true;
  dryRun?: true;
  json?: true;
}

export const cleanCommand: Verb = (program, end) => {
  program
    .command('clean')
    .description(
      'Deletes the cache of soft targets, unless another experiment needs it now; it is made again when it is needed. With --runs also runs that the file does not ask for any more.',
    )
    .argument('<experiment>', EXPERIMENT_ARGUMENT)
    .option('--runs', 'also the runs of this experiment that its file does not ask for any more')
    .option('--dry-run', 'say what would be deleted, and delete nothing')
    .option('--json', 'print a list of path and bytes')
    .addHelpText('after', '\nExample:\n  distillery clean experiments/few-labels --runs --dry-run')
    .action(async (argument: string, { runs, dryRun, json }: Flags) => {
      const ready = await prepareOrTell(argument);
      const { experiment } = ready;
      if (await isRunning(experiment))
        throw new UserError(
          `${experiment.name} is running and needs its files. Stop it first, or wait for its end.`,
        );
      const users = await otherCacheUsers(experiment);
      const cache = users.length === 0 ? [layout.cache(experiment.root)] : [];
      if (users.length > 0)
        tell(
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

/** What the file does not ask for any more and no process is writing. @throws UserError where they may be another's */
async function staleRuns(ready: RunnableExperiment): Promise<string[]> {
  const { file, name, root, runsFolder } = ready.experiment;
  const { value: plan } = await readPlan(runsFolder);
  const namesake = (await discover(root)).experiments.find((one) => one !== file && configName(one) === name);
  if (namesake !== undefined && plan?.file === undefined)
    throw new UserError(
      `${shownPath(runsFolder)} does not say whether its runs are those of ${shownPath(file)} or of ${shownPath(namesake)}. Rename one of the two first.`,
    );
  const folders = await removedRunFolders(ready);
  const held = await Promise.all(folders.map(async (folder) => isHeld(runFiles(folder).lease)));
  const states = await Promise.all(folders.map(runStatus));
  return folders.filter((_, index) => !held[index] && states[index]!.status !== 'running');
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true });
    // The folder of an arm, when its last seed is gone.
    if (readdirSync(dirname(folder)).length === 0) rmdirSync(dirname(folder));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`${shownPath(folder)} could not be deleted whole: ${reason}.`, { cause: error });
  }
}

function sizeOf(path: string): number {
  const { size } = statSync(path);
  if (!statSync(path).isDirectory()) return size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
