import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { rootAbove, SETTINGS_FILE, TEACHERS } from './root';
import { defaultAnswers, type Answers } from './scaffold/answers';
import { experimentText, studentFile, studentText, teacherFile, teacherText } from './scaffold/texts';
import { sampleFiles } from './scaffold/samples';
import type { Files } from './scaffold/write';

export { defaultAnswers, ownAnswer, suggestedName, type Answers, type OwnData } from './scaffold/answers';
export { choices, type ScaffoldOption } from './scaffold/choices';
export { sampleNames, samplePath } from './scaffold/samples';
export { writeScaffold, type Files } from './scaffold/write';

const SETTINGS_TEXT = `// Marks the root folder of these experiments. These settings apply to both editor and command line.
{
  "runs": "runs",
  "parallelism": "auto"
}
`;
const IGNORED = 'runs/\n.distillery/\n';

/** The folder of a new experiment, relative to the folder in which New Experiment is run. */
export const experimentFolder = (name: string): string => `experiments/${name}`;
export const experimentPath = (name: string): string => `${experimentFolder(name)}/${name}.distill.json`;

/** The files of a new experiment, from path relative to `folder` to text, including those of the root if there is none yet. */
export function scaffoldExperiment(answers: Answers, folder: string): Files {
  const into = experimentFolder(answers.name);
  const files = experimentFiles(answers, into);
  const placed = Object.entries(files).map(([name, text]) => [`${into}/${name}`, text]);
  return { ...rootFiles(folder), ...(Object.fromEntries(placed) as Files) };
}

/** The files of a sample that do not exist yet, including those of the root if there is none yet. */
export const scaffoldSample = (samples: string, name: string, folder: string): Files => ({
  ...rootFiles(folder),
  ...sampleFiles(samples, name, folder),
});

/** The three files by name; paths to data and saved models are written relative to their folder `into`. */
export const experimentFiles = (answers: Answers, into: string): Files => ({
  [teacherFile(answers)]: teacherText(answers, into),
  [studentFile(answers)]: studentText(answers),
  [`${answers.name}.distill.json`]: experimentText(answers, into),
});

function rootFiles(folder: string): Files {
  if (rootAbove(folder) !== null) return {};
  const ignored = existsSync(join(folder, '.gitignore')) ? {} : { '.gitignore': IGNORED };
  return { [SETTINGS_FILE]: SETTINGS_TEXT, ...ignored };
}

/** A single teacher or student file. */
export const scaffoldTeacher = (name = 'mlp-256'): Files => ({
  [`${name}.teacher.json`]: teacherText(defaultAnswers, '.'),
});
export const scaffoldStudent = (name = 'mlp-16'): Files => ({
  [`${name}.student.json`]: studentText(defaultAnswers),
});

/** A message if this cannot be the name of an experiment; null if it can. */
export function wrongName(name: string): string | null {
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(name))
    return 'A name consists of letters, digits, dashes, underscores and dots, and begins with a letter or a digit.';
  return name === TEACHERS
    ? `The folder runs/${TEACHERS} is used for the teachers of all experiments. Choose another name.`
    : null;
}

/** The same, also if an experiment of this name exists in `folder`. */
export function nameProblem(folder: string, name: string): string | null {
  const wrong = wrongName(name);
  if (wrong !== null) return wrong;
  return isTaken(folder, name)
    ? `${experimentFolder(name)} already exists. Choose another name; nothing was overwritten.`
    : null;
}

const isTaken = (folder: string, name: string) => existsSync(join(folder, experimentFolder(name)));

/** The name, with the first free number appended if it is taken. */
export function freeName(folder: string, name: string): string {
  let free = name;
  for (let n = 2; isTaken(folder, free) || free === TEACHERS; n += 1) free = `${name}-${n}`;
  return free;
}
