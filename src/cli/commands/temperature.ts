import { InvalidArgumentError } from 'commander';
import { UserError } from '../../config/errors';
import { LaboratoryReader } from '../../runs/laboratory/reader';
import { readExample } from '../../runs/laboratory/example';
import { studentArms } from '../../runs/laboratory/students';
import { collectSummary } from '../../runs/collect';
import type { Summary } from '../../results/summary';
import { EXPERIMENT_ARGUMENT, prepareResults } from '../experiment';
import { EXIT, type RegisterCommand } from '../command';
import { print, printJson } from '../output';
import { exampleLines } from '../exampleLines';
import { laboratoryLines } from '../laboratoryLines';
import { reader } from '../reader';

interface Options {
  arm?: string;
  seed?: number;
  row?: number;
  at?: number;
  json?: true;
}

export const temperatureCommand: RegisterCommand = (program, end) => {
  program
    .command('temperature')
    .description(
      'Shows what the temperature does to the soft targets of a run, which one to use, and where the data do not tell. Uses validation data only.',
    )
    .argument('<experiment>', EXPERIMENT_ARGUMENT)
    .option('--arm <slug>', 'the arm to look at (default: the primary arm)')
    .option('--seed <n>', 'the seed to look at (default: the first)', wholeNumber)
    .option('--row <n>', 'show the softened outputs for this row of the data set', wholeNumber)
    .option('--at <T>', 'the temperature for --row (default: that of the arm)', temperature)
    .option('--json', 'print everything as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  distillery temperature experiments/few-labels\n  distillery temperature experiments/few-labels --row 17 --at 8',
    )
    .action(async (argument: string, { arm, seed, row, at, json }: Options) => {
      const summary = await collectSummary(await prepareResults(argument));
      const laboratory = await new LaboratoryReader().read(summary, runOf(summary, arm, seed));
      if (laboratory === null)
        throw new UserError(
          `No student of ${summary.experiment} has finished yet. Run the experiment first: distillery run ${argument}`,
        );
      const example = row === undefined ? null : await readExample(summary, laboratory.run, row, reader);
      if (json) printJson({ ...laboratory, example });
      else if (example) print(...exampleLines(example, at ?? laboratory.used ?? 1, summary.classes));
      else print(...laboratoryLines(laboratory, summary));
      end(EXIT.done);
    });
};

/** The folder of the selected run; null: the first seed of the primary arm. @throws UserError if there is none */
function runOf(summary: Summary, slug: string | undefined, seed: number | undefined): string | null {
  if (slug === undefined && seed === undefined) return null;
  const arms = studentArms(summary);
  const wanted = slug ?? summary.comparisons.find(({ primary }) => primary)?.arm;
  const arm = arms.find((one) => one.slug === wanted);
  if (arm === undefined)
    throw new UserError(`There is no arm ${slug}. There are: ${arms.map((one) => one.slug).join(', ')}.`);
  const finished = arm.seeds.filter(({ status }) => status === 'finished');
  const run = seed === undefined ? finished[0] : finished.find((one) => one.seed === seed);
  if (run !== undefined) return run.folder;
  throw new UserError(
    `${arm.title} has ${finished.length === 0 ? 'no finished seed' : `finished seeds ${finished.map((one) => one.seed).join(', ')}, not ${seed}`}.`,
  );
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Expected a whole number of at least 0.');
  return Number(text);
}

function temperature(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError('Expected a number above 0, e.g. 4.');
  return value;
}
