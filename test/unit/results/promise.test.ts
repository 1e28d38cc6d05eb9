import { verdictWord } from '../../../src/results/format';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correct } from '../../../src/tasks/classification';
import type { ArmInput, Look, RunInput, SummaryInput } from '../../../src/results/input';
import { RULE } from '../../../src/results/promise';
import { interval, pairedDifference } from '../../../src/results/statistics';
import { summarize } from '../../../src/results/summarize';
import { arm, experiment, predictions, queued, run } from './experiment';

interface File {
  arms: { recipe: string; name: string }[];
  primary: string;
  seeds: number[];
  minGain: number;
}

/** Errors of 200: `mixed` gains with every other seed alone, so that the seeds that won can be chosen. */
const errors: Record<string, (seed: number) => number> = {
  scratch: (seed) => 40 + (seed % 3),
  good: (seed) => 25 + (seed % 4),
  mixed: (seed) => (seed % 2 === 0 ? 30 : 43) + (seed % 3),
  bad: (seed) => 60 + (seed % 3),
  late: (seed) => 35 + (seed % 3),
};
const identity = (recipe: string, seed: number) => `${recipe} ${seed}`;

/** An experiment file, what stands on the disk, and looks.jsonl. */
class World {
  readonly disk = new Set<string>();
  looks: Look[] = [];
  test = 'test set';
  constructor(public file: File) {}

  edit(change: Partial<File>): void {
    this.file = { ...this.file, ...change };
  }

  private armsOf(): { recipe: string; name: string; scratch: boolean }[] {
    const listed = this.file.arms.map((one) => ({ ...one, scratch: false }));
    return [{ recipe: 'scratch', name: 'scratch', scratch: true }, ...listed];
  }

  /** Trains what is missing, then opens the test set for what no look has. */
  run(): void {
    const known = new Set(this.looks.flatMap((look) => look.runs.map((one) => one.identity)));
    const arms = this.armsOf().map(({ recipe, name, scratch }) => ({
      slug: name,
      title: name,
      scratch,
      role: 'listed' as const,
      pairedWith: scratch ? null : 'scratch',
      recipe,
      runs: this.file.seeds.map((seed) => ({ seed, identity: identity(recipe, seed) })),
    }));
    const all = arms.flatMap(({ slug, runs }) => runs.map((one) => ({ arm: slug, ...one })));
    for (const one of all) this.disk.add(one.identity);
    const runs = all.filter((one) => !known.has(one.identity));
    const { primary, seeds, minGain } = this.file;
    const promise = { rule: RULE, minGain, primary, seeds, arms };
    if (runs.length > 0) this.looks.push({ test: this.test, numerics: 'portable', runs, promise });
  }

  private runOf(recipe: string, seed: number): RunInput {
    const one = this.disk.has(identity(recipe, seed))
      ? run(seed, errors[recipe]!(seed), { validation: null })
      : queued(seed);
    return { ...one, identity: identity(recipe, seed) };
  }

  private armOf({ recipe, name, scratch }: { recipe: string; name: string; scratch: boolean }): ArmInput {
    const runs = this.file.seeds.map((seed) => this.runOf(recipe, seed));
    return arm(name, runs, {
      recipe,
      primary: name === this.file.primary,
      scratch: scratch ? null : 'scratch',
      softTargets: scratch ? 'none' : 'cache',
    });
  }

  input(): SummaryInput {
    const arms = this.armsOf().map((one) => this.armOf(one));
    const asked = new Set(arms.flatMap(({ runs }) => runs.map((one) => one.identity)));
    const looked = new Set(this.looks.flatMap((look) => look.runs.map((one) => one.identity)));
    const left = [...this.disk].filter((one) => !asked.has(one));
    return experiment({
      minGain: this.file.minGain,
      seeds: this.file.seeds,
      scratches: arms.slice(0, 1),
      arms: arms.slice(1),
      looks: this.looks,
      test: this.test,
      found: left
        .filter((one) => looked.has(one))
        .map((one) => {
          const [recipe = '', seed = ''] = one.split(' ');
          const { runs: _runs, ...rest } = this.armOf({
            recipe,
            name: recipe,
            scratch: recipe === 'scratch',
          });
          return {
            arm: { ...rest, primary: false, isScratch: recipe === 'scratch' },
            run: this.runOf(recipe, Number(seed)),
          };
        }),
      unlisted: left.some((one) => !looked.has(one)),
    });
  }

  summary() {
    return summarize(this.input());
  }

  headline() {
    const summary = this.summary();
    const comparison = summary.comparisons.find((one) => one.primary) ?? null;
    return { summary, comparison, verdict: comparison?.verdict ?? null };
  }
}

const TWELVE = Array.from({ length: 12 }, (_, seed) => seed);
const opened = (change: Partial<File> = {}) => {
  const arms = ['good', 'mixed', 'bad'].map((recipe) => ({ recipe, name: recipe }));
  const world = new World({ arms, primary: 'mixed', seeds: TWELVE, minGain: 0.2, ...change });
  world.run();
  return world;
};
const numbers = (world: World) => {
  const { comparison } = world.headline();
  const { verdict, mean, interval: range, look, p, pHolm } = comparison!;
  return { verdict, mean, range, look, p, pHolm };
};
const broken = (world: World) =>
  world.summary().checks.flatMap(({ text, state }) => (state === 'broken' ? [text] : []));

describe('after the test set was opened', () => {
  it('another primary is not the headline', () => {
    const world = opened();
    const before = numbers(world);
    world.edit({ primary: 'good' });
    expect(numbers(world)).toEqual(before);
    const { summary, comparison } = world.headline();
    expect(comparison?.arm).toBe('mixed');
    expect(summary.comparisons.find(({ arm: slug }) => slug === 'good')?.pHolm).not.toBeNull();
    expect(summary.afterLook).toEqual([
      'The headline is mixed, which was primary when the test set was opened; the file now has good.',
    ]);
    expect(broken(world)).toEqual(['changed after the test set was opened']);
  });

  it('another minGain is not read', () => {
    const world = opened({ primary: 'bad' });
    const before = numbers(world);
    for (const minGain of [0, 30]) {
      world.edit({ minGain });
      expect(numbers(world)).toEqual(before);
      expect(world.summary()).toMatchObject({ minGain: 0.2 });
      expect(world.summary().afterLook[0]).toContain(`the file now has ${minGain}`);
    }
  });

  it('the seeds that won do not stand alone: all that were looked at stay in the pairs', () => {
    const world = opened();
    const before = numbers(world);
    expect(before.verdict).toBe('INCONCLUSIVE');
    world.edit({ seeds: TWELVE.filter((seed) => seed % 2 === 0) });
    expect(numbers(world)).toEqual(before);
    expect(world.summary().afterLook).toContain(
      'Seeds 1, 3, 5, 7, 9, 11 of mixed were evaluated on the test set and are no longer in the file: they stay in the verdict.',
    );
    expect(broken(world)).toEqual(['changed after the test set was opened']);
  });

  it('arms that left the file stay in the table and in the correction', () => {
    const world = opened();
    const before = world.summary().comparisons.find((one) => one.arm === 'good')!;
    world.edit({ arms: world.file.arms.filter(({ name }) => name !== 'bad') });
    const { comparisons, arms } = world.summary();
    expect(comparisons.find((one) => one.arm === 'good')).toMatchObject({ pHolm: before.pHolm, p: before.p });
    expect(arms.map(({ title }) => title)).toContain('bad · not in the file');
    expect(broken(world)).toEqual(['changed after the test set was opened']);
  });

  it('a headline that left the file stays the headline', () => {
    const world = opened();
    const before = numbers(world);
    world.edit({ arms: [{ recipe: 'good', name: 'good' }], primary: 'good' });
    expect(numbers(world)).toEqual(before);
  });

  it('an arm that is renamed, and arms in another order, change nothing', () => {
    const world = opened();
    const before = numbers(world);
    const renamed = world.file.arms.map(({ recipe }) => ({ recipe, name: `my ${recipe}` })).reverse();
    world.edit({ arms: renamed, primary: 'my mixed' });
    expect(numbers(world)).toEqual(before);
    expect(world.summary().afterLook).toEqual([]);
    expect(broken(world)).toEqual([]);
  });

  it('an arm with other parameters is another arm, at the next look, and the first one stays the headline', () => {
    const world = opened({ arms: [{ recipe: 'mixed', name: 'kd' }], primary: 'kd' });
    const before = numbers(world);
    world.edit({ arms: [{ recipe: 'good', name: 'kd' }] });
    expect(world.headline().verdict).toBeNull();
    world.run();
    expect(numbers(world)).toEqual(before);
    const { comparisons } = world.summary();
    expect(
      comparisons.map(({ arm: slug, primary, look, interval: range }) => [slug, primary, look, range?.level]),
    ).toEqual([
      ['kd', false, 2, 0.99],
      ['kd-before', true, 1, 0.95],
    ]);
    expect(comparisons[0]!.pHolm).not.toBeNull();
  });

  it('runs that are deleted are not queued, nothing was read again, and there is no verdict until they are back', () => {
    const world = opened();
    const before = numbers(world);
    world.disk.delete('mixed 3');
    const { summary, comparison } = world.headline();
    expect(comparison).toMatchObject({ verdict: null, interval: null });
    expect(comparison?.sentence).toMatch(/^1 run was deleted after the test set was opened\./);
    expect(summary.arms.find(({ slug }) => slug === 'mixed')?.seeds[3]?.status).toBe('deleted');
    expect(broken(world)).toEqual(['1 run deleted after the test set was read']);
    world.run();
    expect(world.looks).toHaveLength(1);
    expect(numbers(world)).toEqual(before);
  });

  it('runs that are deleted and taken out of the file leave no verdict of the rest', () => {
    const world = opened();
    const even = TWELVE.filter((seed) => seed % 2 === 0);
    world.edit({ seeds: even });
    for (const seed of TWELVE)
      if (seed % 2 === 1)
        for (const recipe of ['mixed', 'scratch']) world.disk.delete(identity(recipe, seed));
    const { comparison, summary } = world.headline();
    expect(comparison).toMatchObject({ verdict: null, interval: null });
    expect(summary.complete).toBe(true);
    expect(comparison?.sentence).toContain('were deleted after the test set was opened');
  });

  it('a losing arm that is deleted altogether still counts in the correction', () => {
    const world = opened();
    const before = world.summary().comparisons.find((one) => one.arm === 'good')!;
    world.edit({ arms: world.file.arms.filter(({ name }) => name !== 'bad') });
    for (const seed of TWELVE) world.disk.delete(identity('bad', seed));
    const after = world.summary().comparisons.find((one) => one.arm === 'good')!;
    expect(after.pHolm).toBeGreaterThanOrEqual(before.pHolm!);
    expect(after.pHolm).toBeCloseTo(2 * after.p!, 12);
  });

  it('looks.jsonl that is deleted, or lacks a line, leaves no verdict', () => {
    const world = opened();
    world.looks = [];
    expect(world.headline().verdict).toBeNull();
    expect(broken(world)).toEqual(['test set read but not listed in looks.jsonl']);
    // The runs that lost are evidence of it too, after they left the file and the rest was run as if for the first time.
    world.edit({ seeds: [20, 21, 22, 23] });
    world.run();
    expect(world.headline().verdict).toBeNull();
  });

  it('seeds that are added are a second look, which is not broken', () => {
    const world = opened();
    world.edit({ seeds: [...TWELVE, 12, 13] });
    expect(world.headline().verdict).toBeNull();
    expect(world.summary().checks).toContainEqual({
      text: 'test set read once, to be read again for the added runs',
      state: 'pending',
    });
    world.run();
    expect(numbers(world)).toMatchObject({ look: 2, range: { level: 0.99 } });
    expect(broken(world)).toEqual([]);
    expect(world.summary().checks).toContainEqual({
      text: 'test set read 2 times, for added seeds: the interval is 99 %',
      state: 'ok',
    });
  });

  it('a headline that was read once says so beside the other openings of the test set', () => {
    const world = opened();
    world.edit({ arms: [...world.file.arms, { recipe: 'late', name: 'late' }] });
    world.run();
    expect(world.summary().looks).toBe(2);
    expect(world.summary().checks).toContainEqual({
      text: 'test set read 2 times, once for this arm',
      state: 'ok',
    });
  });

  it('other data are another question: earlier looks do not count', () => {
    const world = opened();
    world.test = 'another test set';
    world.edit({ arms: [{ recipe: 'good', name: 'good' }], primary: 'good' });
    const { summary } = world.headline();
    expect(summary.looks).toBe(0);
    expect(summary.afterLook).toEqual([]);
  });

  it('a line of before promises were written binds arms and seeds, and the page says what was not recorded', () => {
    const world = opened();
    const before = numbers(world);
    world.looks = world.looks.map((look) => ({ ...look, promise: null }));
    expect(numbers(world)).toEqual(before);
    expect(world.summary().checks[2]).toEqual({
      text: 'T, α set before the test set was opened; the promise was not recorded',
      state: 'ok',
    });
    world.edit({ seeds: TWELVE.slice(0, 6) });
    expect(numbers(world)).toEqual(before);
  });

  it('before anything has trained there is no verdict yet', () => {
    const world = new World({
      arms: [{ recipe: 'good', name: 'good' }],
      primary: 'good',
      seeds: [0, 1, 2, 3],
      minGain: 0.2,
    });
    const { comparison } = world.headline();
    expect(verdictWord(comparison!)).toBe('No verdict yet');
  });
});

type Edit = (world: World) => void;
const names = fc.constantFrom('good', 'mixed', 'bad');
const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc.constant<Edit>((world) => world.run()),
  names.map(
    (name): Edit =>
      (world) =>
        world.edit({ primary: name }),
  ),
  fc.constantFrom(0, 0.2, 3, 20).map(
    (minGain): Edit =>
      (world) =>
        world.edit({ minGain }),
  ),
  fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 8 }).map(
    (seeds): Edit =>
      (world) =>
        world.edit({ seeds }),
  ),
  fc.uniqueArray(names, { minLength: 1, maxLength: 3 }).map(
    (recipes): Edit =>
      (world) =>
        world.edit({ arms: recipes.map((recipe) => ({ recipe, name: recipe })) }),
  ),
  names.map(
    (name): Edit =>
      (world) =>
        world.edit({
          arms: world.file.arms.map((one) => (one.name === name ? { ...one, name: `my-${name}` } : one)),
        }),
  ),
  fc
    .tuple(fc.constantFrom('scratch', 'good', 'mixed', 'bad'), fc.nat(7))
    .map(([recipe, seed]): Edit => (world) => {
      world.disk.delete(identity(recipe, seed));
    }),
);

/** What the rule says of the promised arm, with all seeds of it that were looked at. */
function promisedVerdict({ looks }: World, recipe: string): { word: string; mean: number } {
  const at = looks.map((look) => look.runs.filter((one) => one.identity.startsWith(`${recipe} `)));
  const seeds = [...new Set(at.flatMap((runs) => runs.map((one) => one.seed)))].sort((a, b) => a - b);
  const look = at.findLastIndex((runs) => runs.length > 0) + 1;
  const rows = (of: string) =>
    seeds.map((seed) => {
      const { logits, labels } = predictions(errors[of]!(seed));
      return correct(logits, labels);
    });
  const { mean, variation } = pairedDifference(rows(recipe), rows('scratch'));
  const { low, high } = interval(mean, variation, look > 1 ? 0.99 : 0.95);
  const word = high < 0 ? 'HURTS' : high * 100 < 0.2 ? 'NO BEATS' : low > 0 ? 'BEATS' : 'INCONCLUSIVE';
  return { word, mean };
}

it('whatever is edited, deleted and run after a look: the verdict is the promised one, or there is none', () => {
  fc.assert(
    fc.property(names, fc.array(edits, { maxLength: 8 }), (primary, sequence) => {
      const world = opened({ primary, seeds: [0, 1, 2, 3, 4] });
      for (const edit of sequence) edit(world);
      const { comparison, verdict } = world.headline();
      expect(comparison?.pHolm).toBeNull();
      if (verdict === null) return;
      const { word, mean } = promisedVerdict(world, primary);
      expect(verdict).toBe(word);
      expect(comparison?.mean).toBeCloseTo(mean, 12);
    }),
    { numRuns: 60 },
  );
});

it('while the test set is read nothing says that it is opened again', () => {
  const world = opened();
  const input = world.input();
  const sealed = (arm: (typeof input.arms)[number]) => ({
    ...arm,
    runs: arm.runs.map((run) => ({ ...run, test: null })),
  });
  const summary = summarize({
    ...input,
    arms: input.arms.map(sealed),
    scratches: input.scratches.map(sealed),
  });
  expect(summary.checks.map(({ text }) => text)).toContain('test set being read');
  for (const { sentence } of summary.comparisons) expect(sentence).toContain('the test set is being read.');
});
