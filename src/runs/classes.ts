import { classesView, type ClassesView, type RunPredictions } from '../results/classes/view';
import type { ArmSummary, Summary } from '../results/summary';
import { readPictures, type Pictures } from './pictures';
import { readPredictions } from './runInput';

export interface CollectedClasses extends ClassesView {
  /** Inputs of the disagreements that are shown, in their order; null where they are no pictures, or not to be read. */
  pictures: Pictures | null;
}

/**
 * Where an arm of a summary helped and hurt, from the answers that its runs, its scratch’s and the teacher’s kept.
 * Null before any of its runs has. Reads their files anew each time.
 * @param missing names of the classes that the arm’s transfer set has no example of
 * @throws UserError where a file of answers is damaged
 */
export async function collectClasses(
  summary: Summary,
  slug: string,
  missing: readonly string[],
): Promise<CollectedClasses | null> {
  const arm = summary.arms.find((one) => one.slug === slug);
  if (!arm) return null;
  const scratchSlug = summary.comparisons.find((one) => one.arm === slug)?.scratch ?? null;
  const scratch = [summary.scratch, ...summary.otherScratches].find((one) => one?.slug === scratchSlug);
  const view = classesView({
    arm: slug,
    title: arm.title,
    part: summary.part,
    distilled: await answersOf(arm),
    scratch: scratch ? await answersOf(scratch) : null,
    teacher: summary.teacher ? await answersOf(summary.teacher) : [],
    missing: missing.map((name) => summary.classes.indexOf(name)).filter((index) => index >= 0),
  });
  if (!view) return null;
  const folder = arm.seeds.find(({ seed }) => seed === view.disagreements?.seed)?.folder;
  const examples = view.disagreements?.shown.map(({ example }) => example) ?? [];
  const pictures = folder === undefined ? null : await readPictures(folder, view.part, examples);
  return { ...view, pictures };
}

const answersOf = ({ seeds }: ArmSummary): Promise<RunPredictions[]> =>
  Promise.all(
    seeds
      .filter(({ status }) => status === 'finished')
      .map(async ({ seed, folder }) => ({
        seed,
        validation: await readPredictions(folder, 'validation'),
        test: await readPredictions(folder, 'test'),
      })),
  );
