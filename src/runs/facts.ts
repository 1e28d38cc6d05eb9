import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { DataConfig } from '../config/data';
import type { DataFacts } from '../config/facts';
import { resolveArms } from '../config/resolveArms';
import type { Experiment } from '../config/resolved';
import { describeSavedModel } from '../config/savedModel';
import { TAKEN_OFF, type TakenOff } from '../config/savedModel/ending';
import { describeData } from '../data/load';
import { unlessMissing } from './atomic';
import { settingKey, type PlanFacts, type SettingFacts } from './planned';

/** What a plan needs to know of the world. @throws UserError where the data cannot be used */
export async function gatherFacts(experiment: Experiment): Promise<PlanFacts> {
  const { root, runsFolder, teachersFolder } = experiment;
  const [own, ...folders] = await Promise.all([
    settingFacts(experiment),
    foldersIn(root, teachersFolder),
    foldersIn(root, runsFolder),
  ]);
  const settings = new Map([[settingKey(experiment), own]]);
  for (const { setting } of resolveArms(experiment)) {
    const key = settingKey(setting);
    if (!settings.has(key)) settings.set(key, await settingFacts(setting));
  }
  return { ...own, folders: folders.flat(), settings };
}

async function settingFacts({ root, config, teacher, student }: Experiment): Promise<SettingFacts> {
  const [data, ofTeacher, ofStudent, ofMembers] = await Promise.all([
    dataFacts(config.data, root),
    modelHash(root, teacher.config.model),
    modelHash(root, student.config.model),
    Promise.all((teacher.ensemble?.members ?? []).map(({ config: { model } }) => modelHash(root, model))),
  ]);
  const off = ({ config: { model } }: { config: { model?: string | undefined } }) => takenOffOf(root, model);
  const takenOff = {
    teacher: off(teacher),
    student: off(student),
    members: (teacher.ensemble?.members ?? []).map(off),
  };
  return { data, models: { teacher: ofTeacher, student: ofStudent, members: ofMembers, takenOff } };
}

/** An editor asks again after every change: what has not changed on the disk is not read again. */
const remembered = new Map<string, Promise<unknown>>();
const MOST = 32;

async function remember<T>(key: unknown, files: readonly string[], read: () => Promise<T>): Promise<T> {
  const stamps = await Promise.all(
    files.map(async (file) => unlessMissing(stat(file)).then((s) => [s?.size, s?.mtimeMs])),
  );
  const whole = JSON.stringify([key, files, stamps]);
  const known = remembered.get(whole) as Promise<T> | undefined;
  if (known !== undefined) return known;
  const reading = read();
  remembered.set(whole, reading);
  for (const oldest of remembered.keys()) {
    if (remembered.size <= MOST) break;
    remembered.delete(oldest);
  }
  // What went wrong may be mended by then, in a way that a stamp does not tell.
  reading.catch(() => remembered.delete(whole));
  return reading;
}

const dataFacts = (config: DataConfig, root: string): Promise<DataFacts> =>
  remember(config, dataFiles(config, root), () => describeData(config, root));

/** Absolute paths of the files that data are read from; none of data that come with Distillery. */
export function dataFiles(config: DataConfig, root: string): string[] {
  const { images, labelFile, file, inputs } = config as Record<string, unknown>;
  const named = [images, labelFile, file, inputs, config.labels?.file];
  return named.filter((path) => typeof path === 'string').map((path) => resolve(root, path));
}

/** SHA-256 of a saved model: its model.json and the weight files that it names. */
async function modelHash(root: string, model: string | undefined): Promise<string | null> {
  if (model === undefined) return null;
  const files = await modelFiles(root, model);
  return remember('model', files, async () => {
    const hash = createHash('sha256');
    for (const file of files) await pipeline(createReadStream(file), hash, { end: false });
    return hash.digest('hex');
  });
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
  const { weightsManifest } = JSON.parse(await readFile(manifest, 'utf8')) as {
    weightsManifest: { paths: string[] }[];
  };
  const weights = weightsManifest.flatMap(({ paths }) => paths);
  return [manifest, ...weights.map((path) => join(dirname(manifest), path))];
}

async function foldersIn(root: string, folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => relative(root, join(folder, entry.name)).replaceAll('\\', '/'))
    .sort();
}
