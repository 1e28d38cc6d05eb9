import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { beforeAll, expect, test, vi } from 'vitest';
import type { ResultFile } from '../../../src/runs/files';
import { runFiles } from '../../../src/runs/layout';
import { runStatus } from '../../../src/runs/status';
import { readEvents } from '../../../src/runs/tail';
import { trainRun } from '../../../src/trainer/run';
import { makeRun, mlp, temporaryRoot, training, type Wanted } from './folders';

let root: string;
let trained: string;
let made = 0;
const teacher: Wanted = {
  kind: 'teacher',
  layers: mlp(24, 10),
  training: training({ steps: 200, optimizer: { type: 'adam', learningRate: 0.01 } }),
};

beforeAll(async () => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  root = temporaryRoot();
  trained = await makeRun(root, 'runs/teachers/trained', teacher);
  expect(await trainRun(trained)).toBe('finished');
  return () => rmSync(root, { recursive: true });
});

interface Manifest {
  modelTopology: unknown;
  weightsManifest: { weights: { name: string; shape: number[] }[] }[];
}

/** The trained teacher as a saved model, with its weights or its topology changed. */
async function saved(
  change: (weights: Map<string, Float32Array>) => void,
  {
    text = (json: string) => json,
    loading,
  }: { text?: (json: string) => string } & Pick<Wanted, 'loading'> = {},
) {
  const name = `saved-${made++}`;
  const { model } = runFiles(trained);
  const json = readFileSync(join(model, 'model.json'), 'utf8');
  const { weightsManifest } = JSON.parse(json) as Manifest;
  const all = Float32Array.from(
    new Float32Array(Uint8Array.from(readFileSync(join(model, 'weights.bin'))).buffer),
  );
  const weights = new Map<string, Float32Array>();
  let at = 0;
  for (const one of weightsManifest[0]!.weights) {
    const size = one.shape.reduce((a, b) => a * b, 1);
    weights.set(one.name, all.subarray(at, (at += size)));
  }
  change(weights);
  mkdirSync(join(root, name));
  writeFileSync(join(root, name, 'model.json'), text(json));
  writeFileSync(join(root, name, 'weights.bin'), new Uint8Array(all.buffer));
  const folder = await makeRun(root, `runs/teachers/${name}`, {
    ...teacher,
    steps: 0,
    model: `${name}/model.json`,
    ...(loading && { loading }),
  });
  const outcome = await trainRun(folder);
  const { message, cause } = await runStatus(folder);
  const notes = (await readEvents(folder)).flatMap((event) => (event.event === 'note' ? [event.text] : []));
  const result = () => JSON.parse(readFileSync(runFiles(folder).result, 'utf8')) as ResultFile;
  return { outcome, message, cause, notes, result };
}

const validation = () =>
  (JSON.parse(readFileSync(runFiles(trained).result, 'utf8')) as ResultFile).validation;
/** The last layer's outputs in another order: output k then stands for order[k]. */
const reorder = (order: readonly number[]) => (weights: Map<string, Float32Array>) => {
  for (const [name, values] of weights) {
    if (!name.startsWith('dense_3/')) continue;
    const before = values.slice();
    for (let i = 0; i < values.length; i++) values[i] = before[i - (i % 10) + order[i % 10]!]!;
  }
};
const ORDER = [3, 1, 4, 0, 5, 9, 2, 6, 8, 7];
const softmax = (json: string) =>
  json.replace(/"activation":"linear"(?!.*"activation":"linear")/, '"activation":"softmax"');

test('one that ends in softmax has its logits back', async () => {
  const probabilities = await saved(() => undefined, { text: softmax, loading: { takenOff: 'softmax' } });
  expect(probabilities).toMatchObject({ outcome: 'finished' });
  expect(probabilities.notes).toEqual([expect.stringContaining('ends in softmax: it was taken off')]);
  expect(probabilities.result().validation).toEqual(validation());
});

test('one that gives probabilities all the same is answered by their logarithms', async () => {
  const probabilities = await saved(() => undefined, { text: softmax });
  expect(probabilities.notes).toEqual([expect.stringContaining('natural logarithms')]);
  expect(probabilities.result().validation.accuracy).toBe(validation().accuracy);
  expect(probabilities.result().validation.loss).toBeCloseTo(validation().loss, 4);
});

test('one whose classes are in another order is stopped with the order, which puts it right', async () => {
  const permuted = await saved(reorder(ORDER));
  expect(permuted).toMatchObject({ outcome: 'failed', cause: 'input' });
  expect(permuted.message).toContain('gives its classes in another order');
  const classes = ORDER.map(String);
  expect(permuted.message).toContain(`"classes": ${JSON.stringify(classes).replaceAll(',', ', ')}`);
  const mended = await saved(reorder(ORDER), { loading: { classes } });
  expect(mended).toMatchObject({ outcome: 'finished', notes: [] });
  expect(mended.result().validation).toEqual(validation());
});

test('the order that is found is that of the file where it gave a wrong one', async () => {
  const wrong = ORDER.map(String).reverse();
  const { message } = await saved(reorder(ORDER), { loading: { classes: wrong } });
  expect(message).toContain(`"classes": ${JSON.stringify(ORDER.map(String)).replaceAll(',', ', ')}`);
});

test('two exchanged classes are told, and no reason to stop', async () => {
  const swapped = await saved(reorder([0, 1, 2, 3, 5, 4, 6, 7, 8, 9]));
  expect(swapped.outcome).toBe('finished');
  expect(swapped.notes).toEqual([expect.stringContaining('as if its classes 4, 5 were exchanged')]);
});

test.each<[string, (weights: Map<string, Float32Array>) => void, RegExp]>([
  ['weights of 0', (weights) => weights.forEach((values) => values.fill(0)), /its weights are all 0/],
  [
    'a constant answer',
    (weights) => weights.get('dense_3/kernel')!.fill(0),
    /the same answer to every example/,
  ],
  [
    'no numbers',
    (weights) => void (weights.get('dense_3/bias')![0] = NaN),
    /answers NaN to validation example 0/,
  ],
  [
    'other inputs',
    // As if it had been trained on pixels of 0 to 255.
    (weights) => {
      const kernel = weights.get('dense_2/kernel')!;
      kernel.forEach((value, i) => (kernel[i] = value / 255));
    },
    /with inputs times 255 it is \d/,
  ],
])('one with %s is stopped with the likely cause', async (_, change, message) => {
  const found = await saved(change);
  expect(found).toMatchObject({ outcome: 'failed', cause: 'input' });
  expect(found.message).toMatch(message);
});
