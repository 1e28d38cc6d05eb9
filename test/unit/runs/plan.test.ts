import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planExperiment, type PlanFacts } from '../../../src/runs/plan';
import { experiment, facts, makeExperiment, numerics, student, teacher, temporaryFolder } from './fixtures';

type Files = Parameters<typeof makeExperiment>[1];
const plan = (files: Files = {}, about: PlanFacts = facts) =>
  planExperiment(makeExperiment(temporaryFolder(), files), about, numerics);
const ids = (files: Files = {}, about?: PlanFacts) => plan(files, about).items.map((item) => item.id);
const arms = (...list: object[]) => ({ experiment: { arms: list } });
const hinton = { method: 'hinton', temperature: 4, alpha: 0.9 };

describe('planExperiment', () => {
  it('goes from teacher to test set, seed by seed, scratch beside distilled', () => {
    const { items } = plan();
    expect(items.map(({ id, kind, arm, seed, waitsFor }) => ({ id, kind, arm, seed, waitsFor }))).toEqual([
      { id: 'teacher', kind: 'teacher', arm: null, seed: 0, waitsFor: [] },
      { id: 'soft-targets', kind: 'softTargets', arm: null, seed: null, waitsFor: ['teacher'] },
      { id: 'scratch/seed-0', kind: 'run', arm: 'scratch', seed: 0, waitsFor: [] },
      { id: 'kd-t4-a0-9/seed-0', kind: 'run', arm: 'kd-t4-a0-9', seed: 0, waitsFor: ['soft-targets'] },
      { id: 'scratch/seed-1', kind: 'run', arm: 'scratch', seed: 1, waitsFor: [] },
      { id: 'kd-t4-a0-9/seed-1', kind: 'run', arm: 'kd-t4-a0-9', seed: 1, waitsFor: ['soft-targets'] },
      {
        id: 'evaluate',
        kind: 'evaluate',
        arm: null,
        seed: null,
        waitsFor: ['teacher', 'scratch/seed-0', 'kd-t4-a0-9/seed-0', 'scratch/seed-1', 'kd-t4-a0-9/seed-1'],
      },
    ]);
  });

  it('puts the seeds of an arm into one folder, and a teacher where others find it', () => {
    const folders = plan().items.map((item) => item.folder);
    expect(folders[0]).toMatch(/^runs\/teachers\/big-[0-9a-f]{6}$/);
    expect(folders[2]).toMatch(/^runs\/few\/scratch-[0-9a-f]{6}\/seed-0$/);
    expect(folders[4]).toBe(folders[2]!.replace('seed-0', 'seed-1'));
    expect(folders.at(-1)).toBe('runs/few');
  });

  it('resolves everything that a trainer needs', () => {
    const { drafts, items } = plan();
    const kd = drafts.get('kd-t4-a0-9/seed-1')!;
    expect(kd).toMatchObject({
      kind: 'student',
      experiment: 'few',
      seed: 1,
      root: '../../../..',
      // 10 epochs of 100 labelled examples in batches of 25.
      steps: 40,
      transferSet: 'labelled',
      softTargets: 'cache',
      teacher: { name: 'big', identity: items[0]!.identity, folder: items[0]!.folder, seed: 0 },
      arm: { slug: 'kd-t4-a0-9', title: 'KD T 4 · α 0.9', scratch: false, primary: true },
    });
    expect(kd.method.weights['distillation']).toBeCloseTo(0.9);
    expect(kd.method.weights['student']).toBeCloseTo(0.1);
    expect(kd.training.optimizer.type).toBe('adam');
    expect(kd.origins['training.batchSize']).toBe('small.student.json');
    expect(kd.origins['training.schedule.type']).toBe('default');
    expect(kd.origins['temperature']).toBe('few.distill.json');
    expect(kd.origins['data.labels.count']).toBe('few.distill.json');
    expect(drafts.get('scratch/seed-1')).toMatchObject({ steps: 40, teacher: null, softTargets: 'none' });
  });

  it('hides labels from students, never from the teacher unless its file says so', () => {
    const open = plan().drafts.get('teacher')!;
    expect(open.data.config.labels).toBeUndefined();
    expect(open.data.counts.labelled).toBe(1000);
    const same = plan({ teacher: { ...teacher, labels: 'same' } }).drafts.get('teacher')!;
    expect(same.data.config.labels).toEqual({ count: 100 });
    expect(same.data.counts.labelled).toBe(100);
    expect(same.identity).not.toBe(open.identity);
  });

  it('tells classes of the transfer set by name, and takes a restriction to nothing for none', () => {
    const of = (transferClasses: object) => plan(arms({ ...hinton, name: 'x', transferClasses }));
    const draft = (transferClasses: object) => of(transferClasses).drafts.get('x/seed-0')!;
    const without = draft({ without: ['0', '1', '2', '3', '4', '5', '6', '9'] });
    expect(without.transferClasses).toEqual(['7', '8']);
    expect(draft({ only: ['8', '7'] }).identity).toBe(without.identity);
    const everything = draft({ only: facts.data.classes });
    expect(everything).not.toHaveProperty('transferClasses');
    expect(everything.identity).toBe(plan(arms({ ...hinton, name: 'x' })).drafts.get('x/seed-0')?.identity);
  });

  it('asks for no soft targets where nobody needs them', () => {
    const smoothing = arms({ method: 'labelSmoothing' });
    expect(ids(smoothing)).not.toContain('soft-targets');
    const [run] = plan(smoothing).items.filter((item) => item.arm === 'label-smoothing-e0-1');
    expect(run?.waitsFor).toEqual([]);
  });

  it('asks the teacher itself where examples are augmented', () => {
    const augmented = {
      student: { ...student, training: { ...student.training, augmentation: [{ type: 'noise' }] } },
    };
    const { items, drafts } = plan(augmented);
    expect(items.map((item) => item.kind)).not.toContain('softTargets');
    expect(items.find((item) => item.id === 'kd-t4-a0-9/seed-0')?.waitsFor).toEqual(['teacher']);
    expect(drafts.get('kd-t4-a0-9/seed-0')?.softTargets).toBe('live');
  });

  it('trains a teacher for each seed where asked to', () => {
    const { items, drafts } = plan({ teacher: { ...teacher, perSeed: true } });
    expect(items.slice(0, 4).map((item) => item.id)).toEqual([
      'teacher/seed-0',
      'teacher/seed-1',
      'soft-targets/seed-0',
      'soft-targets/seed-1',
    ]);
    expect(items[0]!.folder).not.toBe(items[1]!.folder);
    const run = drafts.get('kd-t4-a0-9/seed-1')!;
    expect(run.teacher).toMatchObject({ identity: items[1]!.identity, seed: 1 });
    const other = items.find((item) => item.id === 'kd-t4-a0-9/seed-0')!;
    const own = items.find((item) => item.id === 'kd-t4-a0-9/seed-1')!;
    expect(own.folder).toBe(other.folder.replace('seed-0', 'seed-1'));
    expect(own.waitsFor).toEqual(['soft-targets/seed-1']);
    // The folder does not depend on which seed comes first.
    const late = plan({ teacher: { ...teacher, perSeed: true }, experiment: { seeds: [1] } });
    expect(late.items.find((item) => item.id === 'kd-t4-a0-9/seed-1')).toEqual(own);
  });

  it('trains the members of an ensemble first, each where others find it, and extracts once', () => {
    const { items, drafts } = plan({ teacher: { ...teacher, seed: 4, ensemble: { members: 2 } } });
    expect(
      items.slice(0, 5).map(({ id, kind, waitsFor, memberOf }) => [id, kind, waitsFor, memberOf]),
    ).toEqual([
      ['teacher/member-1', 'teacher', [], 'teacher'],
      ['teacher/member-2', 'teacher', [], 'teacher'],
      ['teacher', 'teacher', ['teacher/member-1', 'teacher/member-2'], undefined],
      ['soft-targets', 'softTargets', ['teacher'], undefined],
      ['scratch/seed-0', 'run', [], undefined],
    ]);
    const alone = plan({ teacher: { ...teacher, seed: 5 } }).items[0]!;
    expect(items[1]).toMatchObject({ identity: alone.identity, folder: alone.folder, seed: 5 });
    expect(drafts.get('teacher')).toMatchObject({
      steps: 0,
      network: {},
      ensemble: {
        average: 'probabilities',
        members: items
          .slice(0, 2)
          .map(({ identity, folder, seed }) => ({ name: 'big', identity, folder, seed })),
      },
    });
    expect(drafts.get('kd-t4-a0-9/seed-0')?.teacher?.identity).toBe(items[2]!.identity);
    // What a member is tried on stays sealed: only the ensemble teaches.
    expect(items.at(-1)?.waitsFor).not.toContain('teacher/member-1');
    const geometric = { members: 2, average: 'logits' };
    const other = plan({ teacher: { ...teacher, seed: 4, ensemble: geometric } }).items;
    expect(other[0]).toEqual(items[0]);
    expect(other[2]!.identity).not.toBe(items[2]!.identity);
  });

  it('trains a generalist, then its specialists, and extracts from them together', () => {
    const root = temporaryFolder();
    const specialists = { generalist: 'base.teacher.json', count: 2 };
    mkdirSync(join(root, 'experiments'), { recursive: true });
    writeFileSync(join(root, 'experiments/base.teacher.json'), JSON.stringify(teacher));
    const made = makeExperiment(root, { teacher: { specialists, training: { steps: 30 }, seed: 8 } });
    const { items, drafts } = planExperiment(made, facts, numerics);
    expect(items.slice(0, 5).map(({ id, waitsFor, seed }) => [id, waitsFor, seed])).toEqual([
      ['teacher/generalist', [], 0],
      ['teacher/specialist-1', ['teacher/generalist'], 8],
      ['teacher/specialist-2', ['teacher/generalist'], 9],
      ['teacher', ['teacher/generalist', 'teacher/specialist-1', 'teacher/specialist-2'], 0],
      ['soft-targets', ['teacher'], null],
    ]);
    const [generalist, first, second] = items;
    expect(generalist!.identity).toBe(plan().items[0]!.identity);
    expect(first!.identity).not.toBe(second!.identity);
    expect(first!.folder).toMatch(/^runs\/teachers\/big-1-[0-9a-f]{6}$/);
    expect(drafts.get('teacher/specialist-2')).toMatchObject({
      steps: 30,
      network: { layers: [{ units: 32 }, { units: 10 }] },
      specialist: { generalist: { name: 'base', folder: generalist!.folder }, index: 1, count: 2 },
    });
    expect(drafts.get('teacher')?.ensemble).toMatchObject({
      average: 'specialists',
      members: [{ name: 'base' }, { name: 'big-1' }, { name: 'big-2' }],
    });
  });

  it('only loads a saved teacher', () => {
    const about = { ...facts, models: { teacher: 'a'.repeat(64), student: null } };
    const made = makeExperiment(temporaryFolder());
    const saved = {
      ...made,
      teacher: {
        ...made.teacher,
        config: { ...made.teacher.config, layers: undefined, model: 'models/big/model.json' },
      },
    } as typeof made;
    const { items, drafts } = planExperiment(saved, about, numerics);
    expect(drafts.get('teacher')).toMatchObject({
      steps: 0,
      network: { model: 'models/big/model.json' },
      seed: 0,
    });
    const others = { ...about, models: { teacher: 'b'.repeat(64), student: null } };
    expect(planExperiment(saved, others, numerics).items[0]!.identity).not.toBe(items[0]!.identity);
  });

  it('plans only what is new when seeds or arms are added', () => {
    const before = plan().items;
    const more = { experiment: { seeds: 3, arms: [hinton, { ...hinton, temperature: 8 }] } };
    const after = plan(more).items;
    const runs = before.filter((item) => item.kind !== 'evaluate');
    for (const item of runs) expect(after).toContainEqual(item);
    const added = after.filter((item) => item.kind === 'run' && !before.some((b) => b.id === item.id));
    expect(added.map((item) => item.id)).toEqual([
      'kd-t8-a0-9/seed-0',
      'kd-t8-a0-9/seed-1',
      'scratch/seed-2',
      'kd-t4-a0-9/seed-2',
      'kd-t8-a0-9/seed-2',
    ]);
  });

  it('finds a run again after its arm or its teacher was renamed', () => {
    const before = plan().items;
    const folders = before.flatMap(({ kind, folder }) =>
      kind === 'run' ? [folder.replace(/\/seed-\d$/, '')] : kind === 'teacher' ? [folder] : [],
    );
    const renamed = plan(arms({ ...hinton, name: 'Best' }), { ...facts, folders });
    expect(renamed.items.map((item) => item.folder)).toEqual(before.map((item) => item.folder));
    expect(renamed.items.map((item) => item.id)).toContain('best/seed-0');
  });

  it('keeps two arms of one recipe in folders of their own', () => {
    const two = arms({ ...hinton, name: 'a' }, { ...hinton, name: 'b' });
    const first = plan(two).items.filter((item) => item.kind === 'run' && item.seed === 0);
    const folders = first.map((item) => item.folder.replace('/seed-0', ''));
    expect(new Set(folders).size).toBe(3);
    const again = plan(two, { ...facts, folders }).items.filter(
      (item) => item.kind === 'run' && item.seed === 0,
    );
    expect(again.map((item) => item.folder)).toEqual(first.map((item) => item.folder));
  });

  it('shows a plan before the engine is chosen, with other identities', () => {
    const made = makeExperiment(temporaryFolder());
    const before = planExperiment(made, facts, null).items;
    const after = planExperiment(made, facts, numerics).items;
    expect(before.map((item) => item.id)).toEqual(after.map((item) => item.id));
    for (const [index, item] of before.entries()) expect(item.identity).not.toBe(after[index]!.identity);
  });

  it('gives the same plan for a file that says its defaults', () => {
    const said = {
      experiment: {
        data: { ...experiment.data, split: { ...experiment.data.split, seed: 0, stratified: true } },
        engine: 'auto',
        minGain: 0.2,
      },
      student: {
        ...student,
        training: { steps: 40, batchSize: 25, optimizer: { type: 'adam', learningRate: 1e-3 } },
      },
    };
    expect(plan(said).items).toEqual(plan().items);
  });
});

describe('what examples go through', () => {
  const recipeOf = (files: Files, about: PlanFacts = facts, id = 'teacher') =>
    plan(files, about).items.find((item) => item.id === id)!.identity;
  const seen = (inputs?: object) => ({ teacher: { ...teacher, ...(inputs && { inputs }) } });
  const table = (standardize?: unknown) => ({
    experiment: { data: { ...experiment.data, source: 'csv', file: 'a.csv', label: 'y', standardize } },
  });

  it('changes an identity where it changes anything, and only then', () => {
    const plain = recipeOf({});
    for (const nothing of [{}, { scale: 16 }, { mean: [0], sd: [1] }, { standardize: false }])
      expect(recipeOf(seen(nothing)), JSON.stringify(nothing)).toBe(plain);
    const others = [
      { scale: 8 },
      { mean: [0.5] },
      { sd: [2] },
      { standardize: true },
      { resize: [8, 8] },
      { resize: [16, 16] },
      { resize: [16, 16], channels: 3 },
    ].map((inputs) => recipeOf(seen(inputs)));
    expect(new Set([plain, ...others]).size).toBe(others.length + 1);
  });

  it('of the teacher alone is in what learns from it, not in scratch', () => {
    const [scratch, kd] = ['scratch/seed-0', 'kd-t4-a0-9/seed-0'].map((id) => [
      recipeOf({}, facts, id),
      recipeOf(seen({ scale: 8 }), facts, id),
    ]);
    expect(scratch![0]).toBe(scratch![1]);
    expect(kd![0]).not.toBe(kd![1]);
  });

  it('is in the runs of a table unless its data say no', () => {
    for (const id of ['teacher', 'scratch/seed-0', 'kd-t4-a0-9/seed-0']) {
      expect(recipeOf(table(), facts, id)).toBe(recipeOf(table('auto'), facts, id));
      expect(recipeOf(table(), facts, id)).toBe(recipeOf(table(true), facts, id));
      // As everything was before data could be standardised, and as pictures still are.
      expect(recipeOf(table(false), facts, id)).toBe(recipeOf({}, facts, id));
      expect(recipeOf(table(), facts, id)).not.toBe(recipeOf(table(false), facts, id));
    }
  });

  it('stands in run.json, with the shape that the network sees', () => {
    const { drafts } = plan({ teacher: { ...teacher, inputs: { resize: [16, 16], channels: 3, scale: 8 } } });
    expect(drafts.get('teacher')!.data).toMatchObject({
      inputShape: [16, 16, 3],
      preprocessing: {
        resize: { from: [8, 8, 1], to: [16, 16, 3] },
        normalize: { mean: [0], sd: [0.5] },
      },
    });
    expect(drafts.get('scratch/seed-0')!.data).toMatchObject({ inputShape: [64] });
    expect(drafts.get('scratch/seed-0')!.data.preprocessing).toBeUndefined();
  });
});
