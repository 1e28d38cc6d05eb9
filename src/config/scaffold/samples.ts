import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { configKind, endings } from '../kinds';
import { readExperiment } from '../read';
import { filesOf } from '../resolved';
import type { Files } from './write';

const FOLDER = 'experiments';

/** The experiments below a folder of samples, as one types them: "hinton-2015/3-omitted-class". */
export const sampleNames = (samples: string): string[] =>
  readdirSync(samples, { recursive: true, encoding: 'utf8' })
    .filter((file) => configKind(file) === 'experiment')
    .map((file) => withSlashes(file).slice(0, -endings.experiment.length))
    .sort();

/**
 * What a sample is made of, path relative to `folder` to text: the experiment, and the teachers and the student that it
 * names, lying to each other as they do among the samples. A file that is there already with the same text is left out:
 * samples share teachers.
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

/** Where the experiment of a sample comes to lie. */
export const samplePath = (name: string): string => `${FOLDER}/${name}${endings.experiment}`;

const isThere = (file: string, text: string) => existsSync(file) && readFileSync(file, 'utf8') === text;
const withSlashes = (path: string) => path.split(sep).join('/');
