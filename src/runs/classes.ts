import type { Reader } from '../data/reader';
import type { Pictures } from '../data/requests/pictures';
import { classesView, type ClassesView, type RunPredictions } from '../results/classes/view';
import type { ArmSummary, Summary } from '../results/summary';
import { readPictures } from './pictures';
import { readPredictions } from './runInput';

/**
 * Where an arm of a summary helped and hurt, from the answers that its runs, its scratch’s and the teacher’s kept.
 * Null before any of its runs has. Reads their files anew each time.
 * @throws UserError where a file of answers is damaged
 */
export async function collectClasses(summary: Summary, slug: string): Promise<ClassesView | null> {
  const arm = summary.arms.find((one) => one.slug === slug);
  if (!arm) return null;
  const scratchSlug = summary.comparisons.find((one) => one.arm === slug)?.scratch ?? null;
  const scratch = [summary.scratch, ...summary.otherScratches].find((one) => one?.slug === scratchSlug);
  return classesView({
    arm: slug,
    title: arm.title,
    part: summary.part,
    distilled: await answersOf(arm),
    scratch: scratch ? await answersOf(scratch) : null,
    teacher: summary.teacher ? await answersOf(summary.teacher) : [],
    missing: arm.bias?.missing ?? [],
  });
}

/** Inputs of the disagreements that a view shows, in their order; null where they are no pictures, or not to be read. */
export async function collectPictures(
  { arms }: Summary,
  view: ClassesView,
  reader: Reader,
): Promise<Pictures | null> {
  const seeds = arms.find((one) => one.slug === view.arm)?.seeds ?? [];
  const folder = seeds.find(({ seed }) => seed === view.disagreements?.seed)?.folder;
  const examples = view.disagreements?.shown.map(({ example }) => example) ?? [];
  return folder === undefined ? null : readPictures(folder, view.part, examples, reader);
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
