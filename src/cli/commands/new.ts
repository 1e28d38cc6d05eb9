import { join, resolve } from 'node:path';
import { Option } from 'commander';
import {
  choices,
  defaultAnswers,
  experimentPath,
  nameProblem,
  sampleNames,
  samplePath,
  scaffoldExperiment,
  scaffoldSample,
  suggestedName,
  writeScaffold,
  type Answers,
  type Files,
} from '../../config/scaffold';
import { isDigits } from '../../config/scaffold/answers';
import { didYouMean } from '../../config/wording';
import { shownPath } from '../diagnostics';
import { EXIT, UsageError, type RegisterCommand } from '../command';
import { print, printJson } from '../output';
import { fromFolder, ownData, type OwnDataFlags } from '../ownData';

interface Flags extends OwnDataFlags {
  data: string;
  teacher: string;
  student: Answers['student']['id'];
  method: Answers['method']['id'];
  name?: string;
  sample?: string;
  in: string;
  json?: true;
}

/** The same relative path in the extension and in a checkout. */
const SAMPLES = join(__dirname, '..', 'samples');

const DIGITS = ['digitsFew', 'digitsAll'] as const;
const idsOf = (question: 'student' | 'method') =>
  choices[question](defaultAnswers).map((choice) => choice.id);

export const newCommand: RegisterCommand = (program, end) => {
  program
    .command('new')
    .description('Writes a new, commented experiment with its teacher and student. Overwrites nothing.')
    .option(
      '--data <data>',
      'digitsFew, digitsAll, or a file of your own (CSV, NPY, IDX)',
      defaultAnswers.data.id,
    )
    .option('--label <column>', 'of a CSV file: the label column')
    .option(
      '--ignore <columns>',
      'of a CSV file: columns that are not inputs, separated by commas (default: those that look like ids, dates or other labels)',
    )
    .addOption(
      new Option('--missing <rule>', 'of a CSV file: how to handle missing cells').choices([
        'error',
        'drop',
        'mean',
      ]),
    )
    .option('--labels <file>', 'of NPY and IDX inputs: the file of labels')
    .option(
      '--teacher <teacher>',
      'train, or the model.json of a saved TensorFlow.js Layers model',
      defaultAnswers.teacher.id,
    )
    .addOption(
      new Option('--student <student>', 'the network to train')
        .choices(idsOf('student'))
        .default(defaultAnswers.student.id),
    )
    .addOption(
      new Option('--method <method>', 'how to train it')
        .choices(idsOf('method'))
        .default(defaultAnswers.method.id),
    )
    .addOption(
      new Option('--sample <sample>', 'copy one of the samples that come with Distillery').conflicts([
        ...['data', 'label', 'ignore', 'missing', 'labels', 'teacher', 'student', 'method', 'name'],
      ]),
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
  distillery new --data patients.csv --label outcome --ignore id,admitted --missing mean
  distillery new --data x.npy --labels y.npy --teacher big/model.json
  distillery new --sample hinton-2015/3-omitted-class`,
    )
    .action(async (flags: Flags) => {
      const folder = resolve(flags.in);
      const {
        files,
        path,
        preview = [],
      } = flags.sample === undefined ? await answered(flags, folder) : sample(flags.sample, folder);
      writeScaffold(folder, files);
      const paths = Object.keys(files).map((file) => shownPath(join(folder, file)));
      const experiment = shownPath(join(folder, path));
      if (flags.json) printJson({ experiment, files: paths });
      else
        print(
          ...(preview.length > 0 ? [...preview, ''] : []),
          ...paths,
          '',
          `Next: distillery run ${experiment}`,
        );
      end(EXIT.done);
    });
};

/** Files to write, and the path of the experiment among them. */
interface Scaffold {
  files: Files;
  path: string;
  /** Preview of a table. */
  preview?: string[];
}

async function answered(flags: Flags, folder: string): Promise<Scaffold> {
  const { answers, preview } = await answersOf(flags, folder);
  const problem = nameProblem(folder, answers.name);
  if (problem !== null) throw new UsageError(problem);
  return { files: scaffoldExperiment(answers, folder), path: experimentPath(answers.name), preview };
}

function sample(name: string, folder: string): Scaffold {
  const names = sampleNames(SAMPLES);
  if (!names.includes(name)) {
    const near = didYouMean(name, names);
    const hint = near === null ? `The samples are ${names.join(', ')}.` : `Did you mean ${near}?`;
    throw new UsageError(`There is no sample ${name}. ${hint}`);
  }
  return { files: scaffoldSample(SAMPLES, name, folder), path: samplePath(name) };
}

async function answersOf(flags: Flags, folder: string): Promise<{ answers: Answers; preview: string[] }> {
  const digits = DIGITS.find((id) => id === flags.data);
  const { answer: data, preview } =
    digits === undefined ? await ownData(flags.data, flags, folder) : { answer: { id: digits }, preview: [] };
  if (flags.student === 'cnn' && !isDigits(data))
    throw new UsageError(
      'The student "cnn" is for the digits. Choose another one, and write your own layers into its file.',
    );
  const answers: Answers = {
    data,
    teacher:
      flags.teacher === 'train' ? { id: 'train' } : { id: 'saved', model: fromFolder(folder, flags.teacher) },
    student: { id: flags.student },
    method: { id: flags.method },
    name: flags.name ?? suggestedName(data),
  };
  return { answers, preview };
}
