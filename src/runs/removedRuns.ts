import { existsSync } from 'node:fs';
import type { FoundRun, SummaryInput } from '../results/input';
import { armOfRun } from './armInput';
import type { Look, RunFile } from './files';
import { readRunFile, absoluteFolder } from './folder';
import { runFiles } from './layout';
import type { Prepared } from './prepare';
import { numericsOf, openings, recipeIn, testIn, testOf } from './promise';
import { readRunInput } from './runInput';
import { discover } from './discover';

/**
 * Tested runs that the experiment file no longer asks for, if their folders still exist; and whether a run has test predictions without being
 * in any look. The runs of a look without a promise show which test set it opened.
 */
export async function readRemovedRuns(
  prepared: Prepared,
  looks: readonly Look[],
): Promise<Pick<SummaryInput, 'looks' | 'found' | 'unlisted'>> {
  const { experiment, plan, engine } = prepared;
  const looked = new Set(looks.flatMap(({ runs }) => runs.map(({ identity }) => identity)));
  const folders = await removedRunFolders(prepared);
  const read = await Promise.all(
    folders.map(async (folder) => ({ folder, run: (await readRunFile(folder)).value })),
  );
  const runs = read.flatMap(({ folder, run }) => (run?.kind === 'student' ? [{ folder, run }] : []));
  const tested = runs.filter(({ folder }) => existsSync(runFiles(folder).predictions('test')));
  const test = experiment && plan ? testOf(experiment, plan) : { test: null };
  const ofPlan = new Set(plan?.items.map(({ identity }) => identity));
  const known = new Map(runs.map(({ run }) => [run.identity, run]));
  const numerics = engine && numericsOf(engine.numerics);
  const { looks: opened } = openings(looks, test);
  return {
    looks: opened.map((look) => {
      if (look.promise !== null) return look;
      const identities = look.runs.map(({ identity }) => identity);
      if (identities.some((identity) => ofPlan.has(identity))) return { ...look, ...test, numerics };
      const run = identities.flatMap((identity) => known.get(identity) ?? [])[0];
      return run ? { ...look, ...testIn(run.data), numerics: numericsOf(run.numerics) } : look;
    }),
    found: await Promise.all(
      runs.filter(({ run }) => looked.has(run.identity)).map(({ folder, run }) => foundRun(folder, run)),
    ),
    unlisted: tested.some(({ run }) => !looked.has(run.identity)),
  };
}

async function foundRun(folder: string, run: RunFile): Promise<FoundRun> {
  return {
    arm: {
      ...armOfRun(run),
      recipe: recipeIn(folder.replaceAll('\\', '/')),
      isScratch: run.arm?.scratch ?? false,
    },
    run: await readRunInput(folder, run.seed, run),
  };
}

/** Folders of runs of this experiment that its file does not ask for any more (changed settings, removed arms). */
export async function removedRunFolders({ experiment, plan }: Prepared): Promise<string[]> {
  if (experiment === null || plan === null) return [];
  const asked = new Set(plan.items.map((item) => absoluteFolder(experiment.root, item)));
  return (await discover(experiment.runsFolder)).runs.filter((folder) => !asked.has(folder));
}
