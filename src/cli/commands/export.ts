import { join, resolve } from 'node:path';
import { accuracy as shownAccuracy } from '../../results/format';
import { exportModel, exportName, findStudent } from '../../runs/export';
import { shownPath } from '../diagnostics';
import { EXPERIMENT_ARGUMENT, prepareResults } from '../experiment';
import { EXIT, UsageError, type RegisterCommand } from '../command';
import { print, printJson } from '../output';

interface Flags {
  arm?: string;
  seed?: number;
  to?: string;
  json?: true;
}

export const exportCommand: RegisterCommand = (program, end) => {
  program
    .command('export')
    .description(
      'Copies a trained student, as a TensorFlow.js model, into a new folder; overwrites nothing. Default: of the primary arm, the seed that is best on validation.',
    )
    .argument('<experiment>', EXPERIMENT_ARGUMENT)
    .option('--arm <arm>', 'slug or title of the arm')
    .option('--seed <n>', 'seed of the training', wholeNumber)
    .option('--to <folder>', 'folder for the files, new or empty (default: named after the student)')
    .option('--json', 'print the exported student and its folder as JSON')
    .addHelpText(
      'after',
      `
Examples:
  distillery export experiments/few-labels
  distillery export few-labels.distill.json --arm scratch --seed 2 --to model`,
    )
    .action(async (argument: string, { arm: named, seed: wanted, to, json }: Flags) => {
      const { experiment, plan, facts } = await prepareResults(argument);
      const student = await findStudent(experiment, plan, { arm: named, seed: wanted });
      const { arm, seed, accuracy, trained } = student;
      const folder = resolve(to ?? join('.', exportName(experiment.name, arm.slug, seed)));
      await exportModel(student.folder, folder);
      const why = wanted === undefined && trained > 1 ? `, the best of ${trained} seeds on validation` : '';
      const which = named === undefined ? ', the primary arm' : '';
      if (json) printJson({ folder, arm: arm.slug, seed, validationAccuracy: accuracy });
      else
        print(
          `Exported ${arm.title}${which}, seed ${seed}${why} (${shownAccuracy(accuracy, facts?.counts.validation ?? 0)}), to ${shownPath(folder)}. The README.md there explains how to load it.`,
        );
      end(EXIT.done);
    });
};

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new UsageError(`--seed must be a whole number, but is “${text}”.`);
  return Number(text);
}
