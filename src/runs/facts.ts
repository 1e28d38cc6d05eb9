import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { resolveArms } from '../config/resolveArms';
import type { Experiment } from '../config/resolved';
import { describeSavedModel } from '../config/savedModel';
import { TAKEN_OFF, type TakenOff } from '../config/savedModel/ending';
import { MOST_MANIFEST, readAtMost } from '../config/wholeFile';
import { dataFiles, exampleFiles } from '../config/root';
import type { Reader } from '../data/reader';
import { settingKey, type PlanFacts, type SettingFacts } from './planned';

/** What a plan needs to know of data, models and folders. @throws UserError where the data cannot be used */
export async function gatherFacts(experiment: Experiment, reader: Reader): Promise<PlanFacts> {
  const [own, folders] = await Promise.all([settingFacts(experiment, reader), runFoldersOf(experiment)]);
  const settings = new Map([[settingKey(experiment), own]]);
  for (const { setting } of resolveArms(experiment)) {
    const key = settingKey(setting);
    if (!settings.has(key)) settings.set(key, await settingFacts(setting, reader));
  }
  return { ...own, folders, settings };
}

async function settingFacts(
  { root, config, teacher, student }: Experiment,
  reader: Reader,
): Promise<SettingFacts> {
  const hashOf = (model: string | undefined) => modelHash(root, model, reader);
  const files = exampleFiles(config.data, root);
  const [data, rows, ofTeacher, ofStudent, ofMembers] = await Promise.all([
    reader.ask('describe', dataFiles(config.data, root), { config: config.data, folder: root }),
    files.length === 0 ? config.data.source : reader.ask('hashFiles', files, { files }),
    hashOf(teacher.config.model),
    hashOf(student.config.model),
    Promise.all((teacher.ensemble?.members ?? []).map(({ config: { model } }) => hashOf(model))),
  ]);
  const off = ({ config: { model } }: { config: { model?: string | undefined } }) => takenOffOf(root, model);
  const takenOff = {
    teacher: off(teacher),
    student: off(student),
    members: (teacher.ensemble?.members ?? []).map(off),
  };
  return {
    data: { ...data, rows },
    models: { teacher: ofTeacher, student: ofStudent, members: ofMembers, takenOff },
  };
}

/** SHA-256 of a saved model: its model.json and the weight files that it names. */
async function modelHash(root: string, model: string | undefined, reader: Reader): Promise<string | null> {
  if (model === undefined) return null;
  const files = await modelFiles(root, model);
  return reader.ask('hashFiles', files, { files });
}

/** What is taken off the end of a saved model, so that it gives logits; null where nothing is. */
function takenOffOf(root: string, model: string | undefined): TakenOff | null {
  if (model === undefined) return null;
  const { kind } = describeSavedModel(resolve(root, model)).ending;
  return TAKEN_OFF.find((one) => one === kind) ?? null;
}

/** Absolute paths of a saved model: its model.json and the weight files that it names. */
export async function modelFiles(root: string, model: string | undefined): Promise<string[]> {
  if (model === undefined) return [];
  const manifest = resolve(root, model);
  const { weightsManifest } = JSON.parse((await readAtMost(manifest, MOST_MANIFEST)).toString()) as {
    weightsManifest: { paths: string[] }[];
  };
  const weights = weightsManifest.flatMap(({ paths }) => paths);
  return [manifest, ...weights.map((path) => join(dirname(manifest), path))];
}

/** Folders of teachers and arms that are there, relative to the root. */
export async function runFoldersOf({ root, runsFolder, teachersFolder }: Experiment): Promise<string[]> {
  return (await Promise.all([foldersIn(root, teachersFolder), foldersIn(root, runsFolder)])).flat();
}

async function foldersIn(root: string, folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => relative(root, join(folder, entry.name)).replaceAll('\\', '/'))
    .sort();
}
