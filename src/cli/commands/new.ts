import { join, resolve } from 'node:path';
import { Option } from 'commander';
import {
  choices,
  defaultAnswers,
  experimentPath,
  nameProblem,
  scaffoldExperiment,
  suggestedName,
  writeScaffold,
  type Answers,
} from '../../config/scaffold';
import { isDigits } from '../../config/scaffold/answers';
import { shownPath } from '../diagnostics';
import { EXIT, UsageError } from '../exit';
import { print, printJson } from '../output';
import { fromFolder, ownData, type OwnDataFlags } from '../ownData';
import type { Verb } from '../verb';

interface Flags extends OwnDataFlags {
  data: string;
  teacher: string;
  student: Answers['student']['id'];
  method: Answers['method']['id'];
  name?: string;
  in: string;
  json?: true;
}

const DIGITS = ['digitsFew', 'digitsAll'] as const;
const idsOf = (question: 'student' | 'method') =>
  choices[question](defaultAnswers).map((choice) => choice.id);

export const newCommand: Verb = (program, end) => {
  program
    .command('new')
    .description('Writes a new experiment with its teacher and student, commented. Overwrites nothing.')
    .option(
      '--data <data>',
      'digitsFew, digitsAll, or a file of your own (CSV, NPY, IDX)',
      defaultAnswers.data.id,
    )
    .option('--label <column>', 'of a CSV file: the column of the label')
    .option('--labels <file>', 'of NPY and IDX inputs: the file of labels')
    .option(
      '--teacher <teacher>',
      'train, or the model.json of a saved TensorFlow.js Layers model',
      defaultAnswers.teacher.id,
    )
    .addOption(
      new Option('--student <student>', 'the network to teach')
        .choices(idsOf('student'))
        .default(defaultAnswers.student.id),
    )
    .addOption(
      new Option('--method <method>', 'how to teach it')
        .choices(idsOf('method'))
        .default(defaultAnswers.method.id),
    )
    .option('--name <name>', 'name of the experiment (default: from the data)')
    .option('--in <folder>', 'the folder to write experiments/<name>/ into', '.')
    .option('--json', 'print the list of files')
    .addHelpText(
      'after',
      `
Examples:
  distillery new
  distillery new --data digitsAll --method logitMatching --name logits
  distillery new --data measurements.csv --label species --student mlp8
  distillery new --data x.npy --labels y.npy --teacher big/model.json`,
    )
    .action(async (flags: Flags) => {
      const folder = resolve(flags.in);
      const answers = await answersOf(flags, folder);
      const problem = nameProblem(folder, answers.name);
      if (problem !== null) throw new UsageError(problem);
      const files = scaffoldExperiment(answers, folder);
      writeScaffold(folder, files);
      const paths = Object.keys(files).map((path) => shownPath(join(folder, path)));
      const experiment = shownPath(join(folder, experimentPath(answers.name)));
      if (flags.json) printJson({ experiment, files: paths });
      else print(...paths, '', `Next: distillery run ${experiment}`);
      end(EXIT.done);
    });
};

async function answersOf(flags: Flags, folder: string): Promise<Answers> {
  const digits = DIGITS.find((id) => id === flags.data);
  const data = digits === undefined ? await ownData(flags.data, flags, folder) : { id: digits };
  if (flags.student === 'cnn' && !isDigits(data))
    throw new UsageError(
      'The student "cnn" is for the digits. Take another, and write your own layers into its file.',
    );
  return {
    data,
    teacher:
      flags.teacher === 'train' ? { id: 'train' } : { id: 'saved', model: fromFolder(folder, flags.teacher) },
    student: { id: flags.student },
    method: { id: flags.method },
    name: flags.name ?? suggestedName(data),
  };
}
