import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Numerics } from '../../../src/config/numerics';
import type { PlanItem } from '../../../src/runs/files';
import type { RunDraft } from '../../../src/runs/plan';
import { prepare } from '../../../src/runs/prepare';
import { explainGroups, groupItems, whyNotGrouped } from '../../../src/runs/groups';
import { layers } from '../trainer/folders';
import { Stage } from '../runner/stage';
import { inProcess } from '../../fixtures/inProcess';

const portable: Numerics = {
  engine: 'portable',
  version: '4.22.0',
  variant: 'wasm-simd-kernels',
  threads: 1,
  execution: 'eager',
};
const stage = new Stage('');
afterAll(() => stage.close());
const { plan } = await prepare(
  stage.experiment('grid', {
    arms: [1, 4].map((temperature) => ({ method: 'hinton', temperature })),
    seeds: 3,
  }),
  inProcess,
);
const { items, drafts } = plan!;
const draft = drafts.get('scratch/seed-0')!;

const sizes = (units: readonly { items: readonly unknown[] }[]) => units.map((unit) => unit.items.length);
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id).sort();

/** So many runs of one shape. */
function many(count: number): { items: PlanItem[]; drafts: Map<string, RunDraft> } {
  const item = items.find(({ id }) => id === 'scratch/seed-0')!;
  const list = Array.from({ length: count }, (_, i) => ({ ...item, id: `scratch/seed-${i}` }));
  return { items: list, drafts: new Map(list.map(({ id }) => [id, draft])) };
}

describe('groups', () => {
  it('hold what waits for the same: scratch need not wait for soft targets', () => {
    const units = groupItems(items, { drafts }, portable, 2).filter(({ items }) => items.length > 1);
    expect(units.map((unit) => [unit.waitsFor, ids(unit.items)])).toEqual([
      [[], ids(items.filter(({ arm }) => arm === 'scratch'))],
      [['soft-targets'], ids(items.filter(({ arm }) => arm?.startsWith('kd')))],
    ]);
  });

  it('keep every item once, equal in size, as many as trainers where they are worth one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 16 }), (count, trainers) => {
        const runs = many(count);
        const units = groupItems(runs.items, runs, portable, trainers);
        expect(ids(units.flatMap((unit) => unit.items))).toEqual(ids(runs.items));
        const lengths = sizes(units);
        expect(Math.max(...lengths)).toBeLessThanOrEqual(64);
        expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
        if (count >= 4 * trainers) expect(units.length % trainers).toBe(0);
        expect(new Set(units.map(({ id }) => id)).size).toBe(units.length);
      }),
    );
  });

  it('keep runs apart that differ in batches, budget, shape or what the optimizer remembers', () => {
    const { training, network, data } = draft;
    const others: Partial<RunDraft>[] = [
      { steps: draft.steps + 1 },
      { data: { ...data, counts: { ...data.counts, labelled: 7 } } },
      { training: { ...training, batchSize: 7 } },
      {
        training: {
          ...training,
          optimizer: { type: 'sgd', learningRate: 1, momentum: 0, nesterov: false, weightDecay: 0 },
        },
      },
      { network: { layers: [...network.layers!, ...layers({ type: 'dense', units: 10 })] } },
    ];
    const runs = many(others.length + 1);
    others.forEach((other, i) => runs.drafts.set(`scratch/seed-${i + 1}`, { ...draft, ...other }));
    expect(sizes(groupItems(runs.items, runs, portable, 1))).toEqual(Array(others.length + 1).fill(1));
    runs.items[1]!.until = 3;
    runs.drafts.set('scratch/seed-1', draft);
    expect(sizes(groupItems(runs.items.slice(0, 2), runs, portable, 1))).toEqual([1, 1]);
  });

  it('do not hinder what differs in learning rate, schedule, method and seed', () => {
    const runs = many(3);
    const { training } = draft;
    const optimizer = { ...training.optimizer, learningRate: 0.5 };
    runs.drafts.set('scratch/seed-1', { ...draft, seed: 9, training: { ...training, optimizer } });
    runs.drafts.set('scratch/seed-2', {
      ...draft,
      method: drafts.get(items.find(({ arm }) => arm?.startsWith('kd'))!.id)!.method,
    });
    expect(sizes(groupItems(runs.items, runs, portable, 1))).toEqual([3]);
  });
});

describe('a run trains by itself', () => {
  it.each<[string, Partial<RunDraft>, Numerics, RegExp]>([
    ['a teacher', { kind: 'teacher' }, portable, /teacher/],
    ['another engine', {}, { ...portable, engine: 'native' }, /native engine/],
    ['kernels whose sums depend on company', {}, { ...portable, variant: 'wasm-simd' }, /wasm-simd/],
    ['a saved model', { network: { model: 'm/model.json' } }, portable, /saved model/],
    ['a live teacher', { softTargets: 'live' }, portable, /teacher answers/],
    [
      'batch normalization',
      {
        network: {
          layers: layers({ type: 'flatten' }, { type: 'batchNormalization' }, { type: 'dense', units: 10 }),
        },
      },
      portable,
      /dense layers/,
    ],
    [
      'large steps',
      {
        network: {
          layers: layers({ type: 'flatten' }, { type: 'dense', units: 9000 }, { type: 'dense', units: 10 }),
        },
      },
      portable,
      /large/,
    ],
  ])('for %s', (_, other, numerics, why) => {
    expect(whyNotGrouped({ ...draft, ...other }, numerics)).toMatch(why);
    expect(whyNotGrouped(draft, numerics === portable ? numerics : portable)).toBeNull();
  });
});

describe('the sentence of a plan', () => {
  it('says how many train together and why the others do not', () => {
    const units = (numerics: Numerics | null) => groupItems(items, { drafts }, numerics, 2);
    expect(explainGroups(units(portable), { drafts }, portable)).toBe(
      '9 runs train together in 2 groups: their students are small and of one shape, so that one program steps all of them. 1 training by itself: a teacher trains by itself.',
    );
    expect(explainGroups(units(null), { drafts }, null)).toMatch(
      /^On the portable engine 9 runs train together/,
    );
    const native: Numerics = { ...portable, engine: 'native', variant: 'libtensorflow' };
    expect(explainGroups(units(native), { drafts }, native)).toBe(
      '10 trainings by themselves: a teacher trains by itself; the native engine (libtensorflow) trains one network at a time.',
    );
    expect(explainGroups([], { drafts }, portable)).toBeNull();
  });
});
