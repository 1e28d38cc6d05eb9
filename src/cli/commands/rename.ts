import { adoptRuns } from '../../runs/moveRuns';
import { duplicateExperiment, renameExperiment } from '../../runs/rename';
import { shownPath } from '../diagnostics';
import { EXPERIMENT_ARGUMENT, findExperiment } from '../experiment';
import { EXIT, type RegisterCommand } from '../command';
import { print } from '../output';
import { reader } from '../reader';

export const renameCommand: RegisterCommand = (program, end) => {
  program
    .command('rename')
    .description('Renames an experiment: its file and the folder of its runs.')
    .argument('<experiment>', EXPERIMENT_ARGUMENT)
    .argument('<name>', 'the new name, without an extension')
    .addHelpText('after', '\nExample:\n  distillery rename experiments/few-labels fewer-labels')
    .action(async (argument: string, name: string) => {
      print(`Renamed to ${shownPath(await renameExperiment(findExperiment(argument), name))}.`);
      end(EXIT.done);
    });
};

export const duplicateCommand: RegisterCommand = (program, end) => {
  program
    .command('duplicate')
    .description('Copies an experiment file within its folder; the copy has no runs yet.')
    .argument('<experiment>', EXPERIMENT_ARGUMENT)
    .argument('<name>', 'the name of the copy, without an extension')
    .addHelpText('after', '\nExample:\n  distillery duplicate experiments/few-labels more-labels')
    .action(async (argument: string, name: string) => {
      const file = findExperiment(argument);
      // Runs of an experiment that was renamed by hand are its own, and not the copy's.
      await adoptRuns(file, reader);
      print(`Copied to ${shownPath(await duplicateExperiment(file, name))}.`);
      end(EXIT.done);
    });
};
