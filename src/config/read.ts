import { basename, dirname, join, resolve } from 'node:path';
import { getNodeValue } from 'jsonc-parser';
import type { DataConfig } from './data';
import { type Diagnostic, finding, keyOf, type Document, type Path } from './document';
import { UserError } from './errors';
import type { ReadText } from './files';
import { configName, endings } from './kinds';
import { originsOf, type Experiment, type Origins, type TeacherFile } from './resolved';
import { lintSweep } from './lints/sweep';
import { dataFromRoot, fromRoot, missingData, missingFile, findRoot, TEACHERS } from './root';
import { readAs, type Reading } from './readConfig';
import { withMembers } from './readEnsemble';
import { describeSavedModel } from './savedModel';

export { readConfig, type AnyReading, type Reading } from './readConfig';

export interface ExperimentReading {
  /** Null if one of its three files cannot be read or is not valid. */
  experiment: Experiment | null;
  /** Its data, with paths relative to the root; null if they are not valid or a file is missing. */
  data: DataConfig | null;
  root: string;
  diagnostics: Diagnostic[];
}

/**
 * Reads an experiment with its teacher and student. `readText` returns the text of files that are open in an editor; without
 * `savedModels` only config files are read. Every problem is a diagnostic of its file; an experiment with errors must not run.
 */
export function readExperiment(path: string, readText?: ReadText, savedModels = true): ExperimentReading {
  const file = resolve(path);
  const { root, settings, diagnostics: ofSettings } = findRoot(file, readText);
  const reading = readAs('experiment', file, readText?.(file));
  const { document, value } = reading;
  const diagnostics = [...ofSettings, ...reading.diagnostics];
  if (!value) return { experiment: null, data: null, root, diagnostics };

  const teacher = followTeacher(value.teacher, document, root, readText, savedModels);
  const student = follow('student', value.student, ['student'], document, root, readText, savedModels);
  const name = configName(file);
  diagnostics.push(...badName(document, name), ...teacher.diagnostics, ...student.diagnostics);
  const missing = missingData(document, value.data, root);
  diagnostics.push(...missing);
  const config = { ...value, data: dataFromRoot(value.data, root, dirname(file)) };
  const data = missing.length > 0 ? null : config.data;
  if (!teacher.network || !student.network) return { experiment: null, data, root, diagnostics };

  const runs = resolve(root, settings.runs);
  const { seeds } = value;
  const experiment: Experiment = {
    file,
    name,
    root,
    runsFolder: join(runs, name),
    teachersFolder: join(runs, TEACHERS),
    parallelism: settings.parallelism,
    config,
    teacher: teacher.network,
    student: student.network,
    seeds: typeof seeds === 'number' ? Array.from({ length: seeds }, (_, seed) => seed) : seeds,
    origins: originsIn(document, value),
  };
  return { experiment, data, root, diagnostics: [...diagnostics, ...lintSweep(document, experiment)] };
}

/** The teacher of an experiment, with the members of an ensemble. */
function followTeacher(
  written: string,
  from: Document,
  root: string,
  readText: ReadText | undefined,
  savedModels: boolean,
): { network: TeacherFile | null; diagnostics: Diagnostic[] } {
  const read = (path: string, at: Path, of: Document) =>
    follow('teacher', path, at, of, root, readText, savedModels);
  const { network, document, diagnostics } = read(written, ['teacher'], from);
  if (!network) return { network, diagnostics };
  const { teacher, diagnostics: ofMembers } = withMembers(network, document, read);
  return { network: teacher, diagnostics: [...diagnostics, ...ofMembers] };
}

/** The teacher or student file that is named at `at` of another file. */
function follow<Kind extends 'teacher' | 'student'>(
  kind: Kind,
  written: string,
  at: Path,
  from: Document,
  root: string,
  readText: ReadText | undefined,
  savedModels: boolean,
): { network: Experiment[Kind] | null; document: Document; diagnostics: Diagnostic[] } {
  const ending = endings[kind];
  if (!written.endsWith(ending)) {
    const message = `${keyOf(at)} must be the path of a file that ends in ${ending}, but is “${written}”.`;
    return {
      network: null,
      document: from,
      diagnostics: [finding(from, at, { code: 'wrong-kind', message })],
    };
  }
  const file = resolve(dirname(from.file), written);
  const text = readText?.(file);
  const missing = text === undefined ? missingFile(from, at, written, ending, root) : [];
  if (missing.length > 0) return { network: null, document: from, diagnostics: missing };

  const { document, value, diagnostics } = readAs<'teacher' | 'student'>(kind, file, text);
  if (!value) return { network: null, document, diagnostics };
  const { model } = value;
  const config = model === undefined ? value : { ...value, model: fromRoot(root, dirname(file), model) };
  const network = { file, name: configName(file), config, origins: originsIn(document, value) };
  return {
    network: network as Experiment[Kind],
    document,
    diagnostics: model === undefined ? [] : badModel(document, model, root, savedModels),
  };
}

const originsIn = (
  document: Document,
  value: Reading<'experiment' | 'teacher' | 'student'>['value'],
): Origins => originsOf(value, document.tree && getNodeValue(document.tree), basename(document.file));

function badModel(document: Document, model: string, root: string, look: boolean): Diagnostic[] {
  const missing = missingFile(document, ['model'], model, '.json', root);
  if (missing.length > 0 || !look) return missing;
  try {
    describeSavedModel(resolve(dirname(document.file), model));
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [finding(document, ['model'], { code: 'bad-model', message: error.message })];
  }
}

/** The name of an experiment becomes the name of its runs folder. */
function badName(document: Document, name: string): Diagnostic[] {
  if (name !== '' && name !== TEACHERS) return [];
  const why =
    name === ''
      ? 'The file has no name before .distill.json'
      : `The folder runs/${TEACHERS} is used for the teachers of all experiments`;
  return [finding(document, [], { code: 'bad-name', message: `${why}: rename this file.` })];
}
