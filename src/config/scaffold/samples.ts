import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { configKind, endings } from '../kinds';
import { readExperiment } from '../read';
import { filesOf } from '../resolved';
import type { Files } from './write';

const FOLDER = 'experiments';

/** Names of the experiments in a samples folder, as typed by users: "hinton-2015/3-omitted-class". */
export const sampleNames = (samples: string): string[] =>
  readdirSync(samples, { recursive: true, encoding: 'utf8' })
    .filter((file) => configKind(file) === 'experiment')
    .map((file) => withSlashes(file).slice(0, -endings.experiment.length))
    .sort();

/**
 * The files of a sample, from path relative to `folder` to text: the experiment with its teachers and student, in the same
 * relative places. Files that exist already with the same text are omitted, because samples share teachers.
 *
 * @param name one of `sampleNames`
 */
export function sampleFiles(samples: string, name: string, folder: string): Files {
  const { experiment } = readExperiment(join(samples, name + endings.experiment));
  if (experiment === null) throw new Error(`The sample ${name} cannot be read.`);
  const files = filesOf(experiment).map((file) => {
    const text = readFileSync(file, 'utf8');
    return [`${FOLDER}/${withSlashes(relative(samples, file))}`, text] as const;
  });
  return Object.fromEntries(files.filter(([path, text]) => !isThere(join(folder, path), text)));
}

/** The path of a sample's experiment file. */
export const samplePath = (name: string): string => `${FOLDER}/${name}${endings.experiment}`;

const isThere = (file: string, text: string) => existsSync(file) && readFileSync(file, 'utf8') === text;
const withSlashes = (path: string) => path.split(sep).join('/');
