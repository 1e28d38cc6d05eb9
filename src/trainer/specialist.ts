import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { UserError } from '../config/errors';
import { parseNpy } from '../data/npy';
import { stream } from '../data/random';
import { buildNetwork, layerName } from '../models/build';
import type { Network, WeightValues } from '../models/network';
import { writeJson } from '../runs/atomic';
import { SCHEMA_VERSION, type SpecialistFile } from '../runs/files';
import { readResult } from '../runs/folder';
import { runFiles } from '../runs/layout';
import { confusableClasses } from '../tasks/confusable';
import { trainedNetwork, openRun, type OpenRun } from './openRun';
import type { TrainingData } from './trainingData';

/**
 * What a specialist begins with (Hinton, Vinyals, Dean 2015, §5.2): the weights of its generalist, half of the examples of
 * its own classes and half a draw from the others, which are one class. Writes specialist.json.
 *
 * @param whole what the generalist was trained on
 * @throws UserError where the generalist is not trained, or confuses too few groups of classes
 */
export async function beginSpecialist(
  open: OpenRun,
  whole: TrainingData,
): Promise<{ data: TrainingData; network: Network }> {
  const { run, root, folder } = open;
  const generalist = await openRun(resolve(root, run.specialist!.generalist.folder));
  const classes = await ownClasses(open, generalist.folder);
  const { data, correction } = mapped(whole, classes, run.seed);
  const about: SpecialistFile = { schemaVersion: SCHEMA_VERSION, classes, correction };
  writeJson(runFiles(folder).specialist, about);
  const trained = await trainedNetwork(generalist.folder, generalist.run, whole.classes.length);
  const values = await trained.read();
  trained.dispose();
  return { data, network: fromGeneralist(open, classes, whole.classes.length, values) };
}

/** The group that this one takes of those that its generalist confuses on validation data. */
async function ownClasses({ run }: OpenRun, folder: string): Promise<number[]> {
  const { generalist, index, count } = run.specialist!;
  if ((await readResult(folder)).value === null)
    throw new UserError(`The generalist ${generalist.name} is not trained yet: train it first.`);
  const file = runFiles(folder).predictions('validation');
  const { data, shape } = parseNpy(await readFile(file), file);
  const groups = confusableClasses(Float32Array.from(data), shape[1]!, count);
  const own = groups[index];
  if (own === undefined || groups.length < count)
    throw new UserError(
      `${generalist.name} confuses only ${groups.length} groups of classes, so there is nothing for ${count} specialists to take. Ask for fewer.`,
    );
  return own;
}

/** The data with the other classes as one, and what their smaller share is to be corrected by. */
function mapped(
  whole: TrainingData,
  classes: readonly number[],
  seed: number,
): { data: TrainingData; correction: number } {
  const { train, validation, transfer, labelled } = whole;
  const of = (label: number) => (classes.includes(label) ? classes.indexOf(label) : classes.length);
  const isOwn = (position: number) => classes.includes(train.labels[position]!);
  const own = transfer.filter(isOwn);
  const others = transfer.filter((position) => !isOwn(position));
  const drawn = stream(seed, 'specialist').shuffle(others.slice()).slice(0, Math.max(1, own.length));
  const chosen = new Set([...own, ...drawn]);
  const data: TrainingData = {
    ...whole,
    classes: [...classes.map((index) => whole.classes[index]!), 'others'],
    train: { ...train, labels: train.labels.map(of) },
    validation: { ...validation, labels: validation.labels.map(of) },
    transfer: transfer.filter((position) => chosen.has(position)),
    labelled: labelled.filter((position) => chosen.has(position)),
  };
  return { data, correction: Math.log(others.length / drawn.length) };
}

/** The generalist's network with an output for each own class and one for all others, which begins as their mean. */
function fromGeneralist(
  { run }: OpenRun,
  classes: readonly number[],
  all: number,
  values: WeightValues,
): Network {
  const layers = run.network.layers ?? [];
  const last = layers.at(-1);
  if (last?.type !== 'dense')
    throw new UserError(
      'A generalist must end in a dense layer, so that its specialists can have other outputs.',
    );
  const outputs = classes.length + 1;
  const changed = [...layers.slice(0, -1), { ...last, units: outputs }];
  const network = buildNetwork(changed, run.data.inputShape, outputs, run.seed);
  const head = layerName(last, layers.length - 1);
  const others = Array.from({ length: all }, (_, c) => c).filter((c) => !classes.includes(c));
  const narrowed = (name: string): Float32Array => {
    const bias = name.endsWith('bias') ? Math.log(others.length) : 0;
    const rows = values[name]!.length / all;
    const out = new Float32Array(rows * outputs);
    for (let r = 0; r < rows; r++) {
      const at = (c: number) => values[name]![r * all + c]!;
      classes.forEach((c, i) => (out[r * outputs + i] = at(c)));
      out[r * outputs + classes.length] = others.reduce((sum, c) => sum + at(c), 0) / others.length + bias;
    }
    return out;
  };
  const begun = network.weights.map(({ name }) => [
    name,
    name.startsWith(`${head}/`) ? narrowed(name) : values[name]!,
  ]);
  network.write(Object.fromEntries(begun) as WeightValues, tf.tensor);
  return network;
}
