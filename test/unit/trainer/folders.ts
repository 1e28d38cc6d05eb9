import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataSchema } from '../../../src/config/data';
import type { EngineId, Numerics } from '../../../src/config/numerics';
import { layerSchema, type Layer } from '../../../src/config/layers';
import { trainingSchema, type Training } from '../../../src/config/training';
import { describeData } from '../../../src/data/load';
import { loadEngine } from '../../../src/engines/engines';
import { findMethod } from '../../../src/methods/catalogue';
import { runFileSchema, type RunFile } from '../../../src/runs/files';

export const layers = (...list: unknown[]): Layer[] => list.map((layer) => layerSchema.parse(layer));
export const training = (value: unknown): Training => trainingSchema.parse(value);
/** Layers of a multilayer perceptron with ReLU. */
export const mlp = (...units: number[]): Layer[] =>
  layers(
    { type: 'flatten' },
    ...units.map((n, i) => ({
      type: 'dense',
      units: n,
      activation: i + 1 < units.length ? 'relu' : 'linear',
    })),
  );

export const temporaryRoot = () => mkdtempSync(join(tmpdir(), 'distillery-'));

export interface Wanted {
  kind: RunFile['kind'];
  layers?: Layer[];
  /** Folders, relative to the root, of teachers made before, instead of layers. */
  ensemble?: { average: 'probabilities' | 'logits' | 'specialists'; members: string[] };
  /** `of`: the generalist's folder, relative to the root. */
  specialist?: { of: string; index: number; count: number };
  /** Path of a saved model, relative to the root, instead of layers. */
  model?: string;
  /** How it is loaded. */
  loading?: Pick<RunFile['network'], 'takenOff' | 'classes'>;
  training: Training;
  seed?: number;
  steps?: number;
  method?: { id: string; parameters?: Record<string, unknown> };
  transferSet?: RunFile['transferSet'];
  transferClasses?: string[];
  labels?: number;
  /** Folder, relative to the root, of a teacher made before. */
  teacher?: string;
  softTargets?: RunFile['softTargets'];
  topK?: number;
  engine?: EngineId;
  /** What differs from how the engine starts by itself. */
  numerics?: Partial<Numerics>;
}

const split = { train: 1000, validation: 297, test: 500 };

/** Makes a run folder of the embedded digits under a root; gives its absolute path. */
export async function makeRun(root: string, folder: string, wanted: Wanted): Promise<string> {
  const config = dataSchema.parse({
    source: 'digits',
    split,
    ...(wanted.labels === undefined ? {} : { labels: { count: wanted.labels } }),
  });
  const { hash, inputShape, classes, counts } = await describeData(config, root);
  const { numerics } = await loadEngine(wanted.engine ?? 'portable');
  const { id, parameters = {} } = wanted.method ?? { id: 'hardLabels' };
  const method = findMethod(id)!;
  const resolved = method.parameters.parse(parameters);
  const run: RunFile = runFileSchema.parse({
    schemaVersion: 1,
    kind: wanted.kind,
    experiment: 'few-labels',
    arm:
      wanted.kind === 'teacher'
        ? null
        : { slug: 'arm', title: id, scratch: id === 'hardLabels', primary: false },
    seed: wanted.seed ?? 0,
    identity: folder,
    root: folder
      .split('/')
      .map(() => '..')
      .join('/'),
    network:
      wanted.model === undefined ? { layers: wanted.layers } : { model: wanted.model, ...wanted.loading },
    training: wanted.training,
    steps: wanted.steps ?? wanted.training.steps,
    method: { id, parameters: resolved, weights: method.weighting(resolved).weights },
    ensemble: wanted.ensemble && {
      ...wanted.ensemble,
      members: wanted.ensemble.members.map((member) => ({
        name: 'teacher',
        identity: member,
        folder: member,
        seed: 0,
      })),
    },
    specialist: wanted.specialist && {
      generalist: { name: 'generalist', identity: 'g', folder: wanted.specialist.of, seed: 0 },
      index: wanted.specialist.index,
      count: wanted.specialist.count,
    },
    transferSet: wanted.transferSet ?? 'labelled',
    transferClasses: wanted.transferClasses,
    data: { config, hash, inputShape, classes, counts },
    teacher:
      wanted.teacher === undefined
        ? null
        : { name: 'teacher', identity: wanted.teacher, folder: wanted.teacher, seed: 0 },
    softTargets: wanted.softTargets ?? (wanted.teacher === undefined ? 'none' : 'cache'),
    topK: wanted.topK,
    numerics: { ...numerics, ...wanted.numerics },
    origins: {},
    versions: { distillery: '0', tensorflow: '4.22.0', node: process.versions.node },
    machine: { platform: 'linux', arch: 'x64', cpu: 'any', cores: 2 },
    created: '',
  });
  const path = join(root, folder);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'run.json'), JSON.stringify(run));
  return path;
}
