import { existsSync, readdirSync, rmSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../config/errors';
import { bytes, plural } from '../../results/format';
import { runsNotInFile } from '../../runs/discover';
import { layout } from '../../runs/layout';
import { runStatus } from '../../runs/status';
import { isRunning } from '../../runner/stop';
import { shownPath } from '../diagnostics';
import { EXPERIMENT_ARGUMENT, prepareOrTell } from '../experiment';
import { EXIT } from '../exit';
import { print, printJson } from '../output';
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
      'Deletes the cache of soft targets, which is made again when it is needed; with --runs also runs that the file does not ask for any more.',
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
      const stale = runs ? await idle(await runsNotInFile(ready)) : [];
      const found = [layout.cache(experiment.root), ...stale].filter((path) => existsSync(path));
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

/** Those that no process is writing. */
async function idle(folders: readonly string[]): Promise<string[]> {
  const states = await Promise.all(folders.map(runStatus));
  return folders.filter((_, index) => states[index]?.status !== 'running');
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
