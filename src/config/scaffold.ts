import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { rootAbove, SETTINGS_FILE, TEACHERS } from './root';
import { defaultAnswers, type Answers } from './scaffold/answers';
import { experimentText, studentFile, studentText, teacherFile, teacherText } from './scaffold/texts';
import { sampleFiles } from './scaffold/samples';
import type { Files } from './scaffold/write';

export { defaultAnswers, ownAnswer, suggestedName, type Answers, type OwnData } from './scaffold/answers';
export { choices, type Choice } from './scaffold/choices';
export { sampleNames, samplePath } from './scaffold/samples';
export { writeScaffold, type Files } from './scaffold/write';

const SETTINGS_TEXT = `// Marks the root of these experiments; editor and command line share what stands here.
{
  "runs": "runs",
  "parallelism": "auto"
}
`;
const IGNORED = 'runs/\n.distillery/\n';

/** Where New Experiment puts an experiment, relative to the folder it is asked for. */
export const experimentFolder = (name: string): string => `experiments/${name}`;
export const experimentPath = (name: string): string => `${experimentFolder(name)}/${name}.distill.json`;

/** The files of a new experiment, path relative to `folder` to text; with what marks the root, where there is none yet. */
export function scaffoldExperiment(answers: Answers, folder: string): Files {
  const into = experimentFolder(answers.name);
  const files = experimentFiles(answers, into);
  const placed = Object.entries(files).map(([name, text]) => [`${into}/${name}`, text]);
  return { ...rootFiles(folder), ...(Object.fromEntries(placed) as Files) };
}

/** The files of a sample that are not there yet; with what marks the root, where there is none. */
export const scaffoldSample = (samples: string, name: string, folder: string): Files => ({
  ...rootFiles(folder),
  ...sampleFiles(samples, name, folder),
});

/** The three files by name; `into` is the folder they are for, from which paths to data and saved models are written. */
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

/** A teacher or a student file of its own. */
export const scaffoldTeacher = (name = 'mlp-256'): Files => ({
  [`${name}.teacher.json`]: teacherText(defaultAnswers, '.'),
});
export const scaffoldStudent = (name = 'mlp-16'): Files => ({
  [`${name}.student.json`]: studentText(defaultAnswers),
});

/** Why no experiment can be called so, as a sentence; null where one can. */
export function wrongName(name: string): string | null {
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(name))
    return 'A name has letters, digits, dashes and dots, and begins with a letter or a digit.';
  return name === TEACHERS
    ? `runs/${TEACHERS} holds the teachers of all experiments. Choose another name.`
    : null;
}

/** Why an experiment cannot be called so, as a sentence; null where it can. */
export function nameProblem(folder: string, name: string): string | null {
  const wrong = wrongName(name);
  if (wrong !== null) return wrong;
  return isTaken(folder, name)
    ? `${experimentFolder(name)} exists already. Choose another name; nothing is overwritten.`
    : null;
}

const isTaken = (folder: string, name: string) => existsSync(join(folder, experimentFolder(name)));

/** The name itself, or with the first number behind it that is free. */
export function freeName(folder: string, name: string): string {
  let free = name;
  for (let n = 2; isTaken(folder, free) || free === TEACHERS; n += 1) free = `${name}-${n}`;
  return free;
}
