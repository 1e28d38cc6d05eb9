import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { dataSchema } from '../../../src/config/data';
import { loadData } from '../../../src/data/load';
import { normalize } from '../../../src/data/normalization';
import { parseNpy } from '../../../src/data/npy';
import { stream } from '../../../src/data/random';
import { resize } from '../../../src/data/resize';
import { splitRows } from '../../../src/data/split';
import type { LoadedEngine } from '../../../src/engines/engine';
import { loadEngine } from '../../../src/engines/engines';
import { gatherFacts } from '../../../src/runs/facts';
import type { ProbesFile, RunFile } from '../../../src/runs/files';
import { absoluteFolder, createRun, readNormalization, readResult } from '../../../src/runs/folder';
import { runFiles } from '../../../src/runs/layout';
import { planExperiment, type RunDraft } from '../../../src/runs/plan';
import { averaged } from '../../../src/tasks/ensemble';
import { measureCost } from '../../../src/trainer/measureCost';
import { evaluate } from '../../../src/trainer/evaluate';
import { extract } from '../../../src/trainer/extract';
import { openRun } from '../../../src/trainer/openRun';
import { trainRun } from '../../../src/trainer/run';
import { openTrained } from '../../../src/trainer/trained';
import { inProcess } from '../../fixtures/inProcess';
import { makeExperiment } from '../runs/fixtures';

let engine: LoadedEngine;
const roots: string[] = [];
beforeAll(async () => {
  engine = await loadEngine('portable');
});
beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(() => roots.forEach((root) => rmSync(root, { recursive: true, force: true })));

/** Two classes, told apart by the columns of small range alone. */
function table(rows = 300): string {
  const random = stream(0, 'table');
  const lines = Array.from({ length: rows }, (_, i) => {
    const kind = i % 2;
    const small = (0.01 * (random.normal() + 4 * kind)).toFixed(5);
    return [(5000 + 2000 * random.normal()).toFixed(1), small, '7', kind === 0 ? 'no' : 'yes'].join();
  });
  return ['income,rate,year,class', ...lines].join('\n');
}
const split = { train: 160, validation: 60, test: 80 };
const dense = (units: number, activation = 'relu') => ({ type: 'dense', units, activation });
const ofTable = {
  experiment: { data: { source: 'csv', file: 'table.csv', label: 'class', split }, seeds: 1 },
  teacher: { layers: [dense(16), dense(2, 'linear')], training: { steps: 120 } },
  student: { layers: [dense(4), dense(2, 'linear')], training: { steps: 120, batchSize: 32 } },
};
const pictures = { source: 'digits', shape: [8, 8, 1], split: { train: 600, validation: 297, test: 300 } };
const network = (units: number, steps = 60) => ({
  layers: [{ type: 'flatten' }, dense(units), dense(10, 'linear')],
  training: { steps, batchSize: 32 },
});
const seenLarger = { resize: [16, 16], channels: 3, scale: 8, mean: [1, 1.5, 2], sd: [0.5] };

type Files = Parameters<typeof makeExperiment>[1] & { others?: Record<string, object> };

/** An experiment on disk with a run folder for each item of its plan. */
async function stage({ others = {}, ...files }: Files, change = (draft: RunDraft): RunDraft => draft) {
  const root = mkdtempSync(join(tmpdir(), 'distillery-preprocessing-'));
  roots.push(root);
  makeFolder(root, files, others);
  const experiment = makeExperiment(root, files);
  const plan = planExperiment(experiment, await gatherFacts(experiment, inProcess), engine.numerics);
  const folders = new Map<string, string>();
  for (const item of plan.items) {
    const draft = plan.drafts.get(item.id);
    if (!draft) continue;
    const folder = absoluteFolder(root, item);
    await createRun(folder, change(draft), engine.numerics, { distillery: '0', tensorflow: '4.22.0' });
    folders.set(item.id, folder);
  }
  const folder = (id: string) => folders.get(id)!;
  const train = async (...ids: string[]) => {
    for (const id of ids) expect(await trainRun(folder(id)), id).toBe('finished');
  };
  return { root, plan, folder, train };
}

/** The fixtures make the folder; what the experiment reads must stand there before it is read. */
function makeFolder(
  root: string,
  files: Parameters<typeof makeExperiment>[1],
  others: Record<string, object>,
) {
  try {
    makeExperiment(root, files);
  } catch {
    // Members are not there yet.
  }
  writeFileSync(join(root, 'experiments', 'table.csv'), table());
  for (const [name, value] of Object.entries(others))
    writeFileSync(join(root, 'experiments', name), JSON.stringify(value));
}

const json = <T>(file: string) => JSON.parse(readFileSync(file, 'utf8')) as T;
const predictions = (folder: string, part: 'validation' | 'test' = 'validation') => {
  const file = runFiles(folder).predictions(part);
  return Float32Array.from(parseNpy(readFileSync(file), file).data);
};

/** The data of a run as they are read, with its parts. */
async function readAsWritten(folder: string, root: string) {
  const { data: about } = json<RunFile>(runFiles(folder).run);
  const data = await loadData(dataSchema.parse(about.config), root);
  return { data, parts: splitRows(data.labels, data.classes.length, about.config.split) };
}

/** What the saved model answers in stock TensorFlow.js. */
async function stockAnswers(folder: string, inputs: Float32Array, shape: readonly number[]) {
  const { model } = runFiles(folder);
  const { modelTopology, weightsManifest } = json<{
    modelTopology: object;
    weightsManifest: io.WeightsManifestConfig;
  }>(join(model, 'model.json'));
  const loaded = await loadLayersModel(
    io.fromMemory({
      modelTopology,
      weightSpecs: weightsManifest[0]!.weights,
      weightData: Uint8Array.from(readFileSync(join(model, 'weights.bin'))).buffer,
    }),
  );
  const { tf } = engine;
  const count = inputs.length / shape.reduce((a, b) => a * b, 1);
  const answers = loaded.predict(tf.tensor(inputs, [count, ...shape])) as ReturnType<typeof tf.tensor>;
  return answers.dataSync();
}

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, digits = 4) {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < found.length; i++) expect(found[i]).toBeCloseTo(expected[i]!, digits);
}
const weightsOf = async (folder: string) => (await readResult(folder)).value!.weights;

describe('a table', () => {
  const SCRATCH = 'scratch/seed-0';
  const DISTILLED = 'kd-t4-a0-9/seed-0';
  let staged: Awaited<ReturnType<typeof stage>>;
  beforeAll(async () => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    staged = await stage(ofTable);
    await staged.train('teacher');
    await extract(staged.folder('teacher'));
    await staged.train(SCRATCH, DISTILLED);
    vi.restoreAllMocks();
  });

  test('keeps mean and sd of its training part with each run', async () => {
    const { folder, root } = staged;
    const { data, parts } = await readAsWritten(folder(DISTILLED), root);
    const values = data.inputs.take(parts.train);
    const { value } = await readNormalization(folder(DISTILLED));
    for (let c = 0; c < 3; c++) {
      const column = Array.from(parts.train, (_, i) => values[3 * i + c]!);
      const mean = column.reduce((a, b) => a + b, 0) / column.length;
      const sd = Math.sqrt(column.reduce((a, b) => a + (b - mean) ** 2, 0) / column.length);
      expect(value!.mean[c]! / mean).toBeCloseTo(1, 5);
      expect(value!.sd[c]).toBeCloseTo(sd === 0 ? 1 : sd, sd > 1 ? 2 : 6);
    }
    expect((await readNormalization(folder('teacher'))).value).toEqual(value);
  });

  test('gives a model that takes it raw in stock TensorFlow.js: the answers that the run kept', async () => {
    const { folder, root } = staged;
    for (const id of ['teacher', SCRATCH, DISTILLED]) {
      const { data, parts } = await readAsWritten(folder(id), root);
      await evaluate(folder(id));
      for (const part of ['validation', 'test'] as const) {
        const answers = await stockAnswers(folder(id), data.inputs.take(parts[part]), [3]);
        expectClose(answers, predictions(folder(id), part));
      }
    }
    const readme = readFileSync(join(runFiles(folder(DISTILLED)).model, 'README.md'), 'utf8');
    expect(readme).toContain('normalize_inputs');
  });

  test('is shown as it is read', async () => {
    const { folder, root } = staged;
    const { data } = await readAsWritten(folder(DISTILLED), root);
    const { examples } = json<ProbesFile>(runFiles(folder(DISTILLED)).probes);
    for (const { row, input } of examples) expect(input).toEqual([...data.inputs.take([row])]);
  });

  test('gives the same bits stopped and resumed, from the cache and live', async () => {
    const again = await stage(ofTable);
    await again.train('teacher');
    await extract(again.folder('teacher'));
    const stopAfter = (steps: number) => () => {
      let asked = 0;
      return () => Promise.resolve(asked++ === steps);
    };
    expect(await trainRun(again.folder(DISTILLED), { watch: stopAfter(40) })).toBe('stopped');
    await again.train(DISTILLED);
    expect(await weightsOf(again.folder(DISTILLED))).toBe(await weightsOf(staged.folder(DISTILLED)));
    const live = await stage(ofTable, (draft) =>
      draft.softTargets === 'cache' ? { ...draft, softTargets: 'live' } : draft,
    );
    await live.train('teacher', DISTILLED);
    expect(await weightsOf(live.folder(DISTILLED))).toBe(await weightsOf(staged.folder(DISTILLED)));
  });

  test('is standardised for an ensemble and its members alike', async () => {
    const { folder, train } = await stage({
      ...ofTable,
      teacher: { ...ofTable.teacher, ensemble: { members: 2 } },
    });
    await train('teacher/member-1', 'teacher/member-2', 'teacher');
    const members = ['teacher/member-1', 'teacher/member-2'].map((id) => predictions(folder(id)));
    expect(predictions(folder('teacher'))).toEqual(averaged(members, 2, 'probabilities'));
    await extract(folder('teacher'));
    await train(DISTILLED);
    await evaluate(folder('teacher'));
    await measureCost(folder('teacher'));
  });

  test('is seen raw where the file says so, and by a saved teacher', async () => {
    const { experiment } = ofTable;
    const off = await stage({
      ...ofTable,
      experiment: { ...experiment, data: { ...experiment.data, standardize: false } },
    });
    await off.train(SCRATCH);
    expect(existsSync(runFiles(off.folder(SCRATCH)).normalization)).toBe(false);
    const { data, parts } = await readAsWritten(off.folder(SCRATCH), off.root);
    const raw = data.inputs.take(parts.validation);
    // A saved model takes raw inputs: as a teacher it is asked with them, while its student sees standardised ones.
    const model = join(runFiles(staged.folder(SCRATCH)).model, 'model.json');
    for (const softTargets of ['cache', 'live'] as const) {
      const saved = await stage({ ...ofTable, teacher: { model } }, (draft) =>
        draft.softTargets === 'cache' ? { ...draft, softTargets } : draft,
      );
      await saved.train('teacher');
      await extract(saved.folder('teacher'));
      await saved.train(DISTILLED);
      expectClose(predictions(saved.folder('teacher')), await stockAnswers(staged.folder(SCRATCH), raw, [3]));
      expect(existsSync(runFiles(saved.folder(DISTILLED)).normalization)).toBe(true);
      const { examples } = json<ProbesFile>(runFiles(saved.folder(DISTILLED)).probes);
      const kept = predictions(saved.folder('teacher'));
      const rows = [...parts.validation];
      for (const { row, teacherLogits } of examples) {
        const at = rows.indexOf(row);
        expectClose(teacherLogits!, kept.subarray(2 * at, 2 * at + 2));
      }
    }
    // One that this program trained on standardised columns brings its own layer for that.
    const own = await stage({
      ...ofTable,
      teacher: { model: join(runFiles(staged.folder('teacher')).model, 'model.json') },
    });
    await own.train('teacher');
    expectClose(predictions(own.folder('teacher')), predictions(staged.folder('teacher')));
  });
});

describe('a teacher that sees pictures at twice the size and another scale', () => {
  const files: Files = {
    experiment: { data: pictures, seeds: 1 },
    teacher: { ...network(24), inputs: seenLarger },
    student: network(8),
  };
  const DISTILLED = 'kd-t4-a0-9/seed-0';
  /** Digits are divided by 16 as they are read. */
  const asSeen = (values: Float32Array) =>
    normalize(resize(values, [8, 8, 1], [16, 16, 3]), { mean: [0.5, 0.75, 1], sd: [0.25] });

  test('teaches a student that does not, the same from the cache and live', async () => {
    const weights = [];
    for (const softTargets of ['cache', 'live'] as const) {
      const staged = await stage(files, (draft) =>
        draft.softTargets === 'cache' ? { ...draft, softTargets } : draft,
      );
      const { folder, train } = staged;
      await train('teacher');
      await extract(folder('teacher'));
      await train(DISTILLED);
      weights.push(await weightsOf(folder(DISTILLED)));
      const { data, parts } = await readAsWritten(folder('teacher'), staged.root);
      const larger = resize(data.inputs.take(parts.validation), [8, 8, 1], [16, 16, 3]);
      expectClose(await stockAnswers(folder('teacher'), larger, [16, 16, 3]), predictions(folder('teacher')));
      const readme = readFileSync(join(runFiles(folder('teacher')).model, 'README.md'), 'utf8');
      expect(readme).toContain('[batch, 16, 16, 3]');
      expect(readme).toContain('resized from [8, 8, 1]');
      // Examples are shown at their own size.
      const { shape, examples } = json<ProbesFile>(runFiles(folder('teacher')).probes);
      expect(shape).toEqual([8, 8, 1]);
      expect(examples[0]!.input).toHaveLength(64);
      await measureCost(folder('teacher'));
      expect(json<{ multiplyAdds: number }>(runFiles(folder('teacher')).cost).multiplyAdds).toBe(
        768 * 24 + 240,
      );
    }
    expect(weights[0]).toBe(weights[1]);
  });

  test('is asked with the batch that the student sees, augmented', async () => {
    const { folder, train } = await stage({
      ...files,
      student: { ...network(8), training: { steps: 5, augmentation: [{ type: 'shift', pixels: 1 }] } },
    });
    await train('teacher', DISTILLED);
    expect(json<RunFile>(runFiles(folder(DISTILLED)).run).softTargets).toBe('live');
    const open = await openRun(folder('teacher'));
    const batch = stream(0, 'augmented').fillUniform(new Float32Array(4 * 64), 0, 1);
    const before = batch.slice();
    const own = await openTrained(open, engine, [4]);
    const asked = await openTrained(open, engine, [4], undefined, null);
    expect(await asked.logits(batch)).toEqual(await own.logits(asSeen(batch)));
    expect(batch).toEqual(before);
  });

  test('may be a member of an ensemble, beside others that see them otherwise', async () => {
    const { folder, train, root } = await stage({
      ...files,
      teacher: { ensemble: { members: ['large.teacher.json', 'plain.teacher.json'] } },
      others: {
        'large.teacher.json': { ...network(24), inputs: seenLarger },
        'plain.teacher.json': network(16),
      },
    });
    await train('teacher/member-1', 'teacher/member-2', 'teacher');
    const members = ['teacher/member-1', 'teacher/member-2'].map((id) => predictions(folder(id)));
    expectClose(predictions(folder('teacher')), averaged(members, 10, 'probabilities'));
    await extract(folder('teacher'));
    await train(DISTILLED);
    await evaluate(folder('teacher'));
    const { parts } = await readAsWritten(folder('teacher'), root);
    expect(predictions(folder('teacher'), 'test')).toHaveLength(10 * parts.test.length);
  });
});
