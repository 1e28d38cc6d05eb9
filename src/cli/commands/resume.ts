import { begunItems } from '../../runner/missing';
import { EXPERIMENT_ARGUMENT, prepareOrTell } from '../experiment';
import type { Verb } from '../verb';
import { runAndShow } from '../running';
import { addRunOptions, type RunFlags } from './run';

export const resumeCommand: Verb = (program, end) => {
  const command = program
    .command('resume')
    .description(
      'Continues the runs that were started and not finished, each from its newest checkpoint, and then the runs that their results decide; starts no other run.',
    )
    .argument('<experiment>', EXPERIMENT_ARGUMENT);
  addRunOptions(command)
    .addHelpText('after', '\nExample:\n  distillery resume experiments/few-labels')
    .action(async (argument: string, { json, parallel: parallelism, grace }: RunFlags) => {
      const ready = await prepareOrTell(argument);
      end(
        await runAndShow(
          ready,
          { only: await begunItems(ready), goOn: true, parallelism, grace },
          json === true,
        ),
      );
    });
};
