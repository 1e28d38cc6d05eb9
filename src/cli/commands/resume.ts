import { absoluteFolder } from '../../runs/folder';
import { runStatus } from '../../runs/status';
import { missingItems, type Ready } from '../../runner/missing';
import { EXPERIMENT_ARGUMENT, prepareOrTell } from '../experiment';
import type { Verb } from '../verb';
import { runAndShow } from '../running';
import { addRunOptions, type RunFlags } from './run';

export const resumeCommand: Verb = (program, end) => {
  const command = program
    .command('resume')
    .description(
      'Goes on with the runs that were begun and not finished, each from its newest checkpoint; begins no other.',
    )
    .argument('<experiment>', EXPERIMENT_ARGUMENT);
  addRunOptions(command)
    .addHelpText('after', '\nExample:\n  distillery resume experiments/few-labels')
    .action(async (argument: string, { json, parallel: parallelism, grace }: RunFlags) => {
      const ready = await prepareOrTell(argument);
      end(await runAndShow(ready, { only: await begun(ready), parallelism, grace }, json === true));
    });
};

/** Where all is trained and the test set is still sealed, that alone is left: then nothing is picked. */
async function begun(ready: Ready): Promise<string[] | undefined> {
  const missing = await missingItems(ready);
  if (missing.every((item) => item.kind === 'evaluate')) return undefined;
  const runs = missing.filter((item) => item.kind === 'teacher' || item.kind === 'run');
  const states = await Promise.all(
    runs.map((item) => runStatus(absoluteFolder(ready.experiment.root, item))),
  );
  return runs.filter((_, index) => states[index]?.attempt !== null).map((item) => item.id);
}
