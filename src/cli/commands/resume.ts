import { startedItems } from '../../runner/missingItems';
import type { RegisterCommand } from '../command';
import { EXPERIMENT_ARGUMENT, prepareOrReport } from '../experiment';
import { runExperiment } from '../runExperiment';
import { addRunOptions, type RunFlags } from './run';

export const resumeCommand: RegisterCommand = (program, end) => {
  const command = program
    .command('resume')
    .description(
      'Continues the runs that were started and not finished, each from its newest checkpoint, and then the runs that their results decide; starts no other run.',
    )
    .argument('<experiment>', EXPERIMENT_ARGUMENT);
  addRunOptions(command)
    .addHelpText('after', '\nExample:\n  distillery resume experiments/few-labels')
    .action(async (argument: string, { json, parallel: parallelism, grace }: RunFlags) => {
      const ready = await prepareOrReport(argument);
      end(
        await runExperiment(
          ready,
          { only: await startedItems(ready), goOn: true, parallelism, grace },
          json === true,
        ),
      );
    });
};
