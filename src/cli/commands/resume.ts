import { startedItems } from '../../runner/missingItems';
import { EXPERIMENT_ARGUMENT, prepareOrTell } from '../experiment';
import type { Verb } from '../verb';
import { runAndShow } from '../running';
import { addRunOptions, type RunFlags } from './run';

export const resumeCommand: Verb = (program, end) => {
  const command = program
    .command('resume')
    .description(
      'Goes on with the runs that were begun and not finished, each from its newest checkpoint, and with what their results decide; begins no other.',
    )
    .argument('<experiment>', EXPERIMENT_ARGUMENT);
  addRunOptions(command)
    .addHelpText('after', '\nExample:\n  distillery resume experiments/few-labels')
    .action(async (argument: string, { json, parallel: parallelism, grace }: RunFlags) => {
      const ready = await prepareOrTell(argument);
      end(
        await runAndShow(
          ready,
          { only: await startedItems(ready), goOn: true, parallelism, grace },
          json === true,
        ),
      );
    });
};
