import { isDeepStrictEqual } from 'node:util';
import { dirname } from 'node:path/posix';
import type { Numerics } from '../config/numerics';
import type { Experiment } from '../config/resolved';
import type { SummaryInput } from '../results/input';
import { RULE, type TestSet } from '../results/promise';
import type { Look, LookPromise, PlanItem, RunFile } from './files';
import { sha256 } from './identity';
import type { Plan } from './plan';

/** What the opening of the test set for this plan promises. */
export function promiseOf(experiment: Experiment, plan: Plan, numerics: Numerics): LookPromise {
  const runsOf = (slug: string) =>
    plan.items.filter(({ kind, arm, ended }) => kind === 'run' && arm === slug && ended === undefined);
  const described = plan.arms.map(({ slug, title, scratch, role, pairedWith }) => {
    const items = runsOf(slug);
    const runs = items.map(({ seed, identity }) => ({ seed: seed ?? 0, identity }));
    return {
      slug,
      title,
      scratch,
      role,
      pairedWith,
      recipe: items[0] ? recipeIn(items[0].folder) : '',
      runs,
    };
  });
  return {
    rule: RULE,
    ...testOf(experiment, plan),
    numerics: numericsOf(numerics),
    minGain: experiment.config.minGain,
    primary: plan.arms.find(({ primary }) => primary)?.slug ?? null,
    seeds: experiment.seeds,
    arms: described.filter(({ runs }) => runs.length > 0),
  };
}

/** The hash of a recipe that a run's folder has in its name, whatever its arm is called: `<arm>-<hash>/seed-<n>`. */
export const recipeIn = (folder: PlanItem['folder']): string =>
  /-([0-9a-f]{6,})$/.exec(dirname(folder))?.[1] ?? '';

export const numericsOf = (numerics: Numerics): string => sha256(numerics);

/** Which test set the experiment itself has; a swept split is that of its cell. */
export function testOf({ config }: Experiment, { drafts }: Plan): Pick<LookPromise, 'test' | 'rows'> {
  const students = [...drafts.values()].filter(({ kind }) => kind === 'student');
  const own = students.find(({ data }) => isDeepStrictEqual(data.config.split, config.data.split));
  const draft = own ?? students[0];
  return draft === undefined ? { test: '' } : testIn(draft.data);
}

/**
 * Which test set a run has: that of its data, however they are split. Another split of the same data shares test examples
 * with the first, nearly all of them where only the sizes of its parts differ, so a look at one is a look at the other.
 * The same files read with another scale or shape have other hashes and the same rows.
 */
export const testIn = ({ hash, rows }: RunFile['data']): Pick<LookPromise, 'test' | 'rows'> => ({
  test: sha256({ data: hash }),
  ...(rows !== undefined && { rows }),
});

/** The openings as a summary takes them. @param test which test set the file has now, and `numerics` what computes */
export const openings = (
  looks: readonly Look[],
  { test, rows }: TestSet,
  numerics: string | null = null,
): Pick<SummaryInput, 'looks' | 'test' | 'rows' | 'numerics' | 'found'> => ({
  looks: looks.map(({ runs, promise }) => ({
    test: promise?.test ?? null,
    rows: promise?.rows,
    numerics: promise?.numerics ?? null,
    runs,
    promise: promise ?? null,
  })),
  test,
  rows,
  numerics,
  found: [],
});
