import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../config/errors';
import type { Arm, Experiment } from '../config/resolved';
import { explainDisk } from './atomic';
import { absoluteFolder, readResult } from './folder';
import { runFiles } from './layout';
import type { Plan } from './plan';

/** Name of the folder that a student is exported into. */
export const exportName = (experiment: string, arm: string | undefined, seed: number): string =>
  `${experiment}-${arm ?? 'student'}-seed-${seed}`;

/**
 * Copies the model of a run into a folder, completely or not at all: into a temporary folder first, which is then renamed.
 *
 * @param run folder of the run
 * @param target a folder that does not exist yet, or is empty
 * @throws UserError where there is no model, the target holds something, or it cannot be written
 */
export async function exportModel(run: string, target: string): Promise<void> {
  const { model } = runFiles(run);
  if (!existsSync(join(model, 'model.json')))
    throw new UserError(`${run} holds no model: it was moved or deleted.`);
  const unfinished = join(dirname(target), `.${randomUUID()}.tmp`);
  try {
    if (existsSync(target)) {
      if ((await readdir(target)).length > 0)
        throw new UserError(`${target} exists already. Choose another folder; nothing is overwritten.`);
      // On Windows a folder cannot take the place of another, and an empty one is no loss.
      await rmdir(target);
    }
    await mkdir(dirname(target), { recursive: true });
    await cp(model, unfinished, { recursive: true });
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
    throw explainDisk(error, target);
  }
}

/** A trained student, and among how many of its arm it was chosen. */
export interface Student {
  arm: Arm;
  seed: number;
  folder: string;
  /** On validation, a share (0–1). */
  accuracy: number;
  trained: number;
}

/**
 * The student of an arm (a slug or a title; the primary arm where none is named) and a seed (the best on validation where
 * none is named; of equals the one with the lower loss).
 *
 * @throws UserError where there is no such arm, or no such student is trained
 */
export async function findStudent(
  { root }: Pick<Experiment, 'root'>,
  { arms, items }: Pick<Plan, 'arms' | 'items'>,
  wanted: { arm?: string | undefined; seed?: number | undefined },
): Promise<Student> {
  const arm = arms.find(({ slug, title, primary }) =>
    wanted.arm === undefined ? primary : slug === wanted.arm || title === wanted.arm,
  );
  if (arm === undefined)
    throw new UserError(
      `There is no arm “${wanted.arm ?? ''}”. The arms are ${arms.map(({ slug }) => slug).join(', ')}.`,
    );
  const runs = items.filter((item) => item.kind === 'run' && item.arm === arm.slug);
  const results = await Promise.all(
    runs.map(async (item) => {
      const folder = absoluteFolder(root, item);
      return { seed: item.seed ?? 0, folder, result: (await readResult(folder)).value };
    }),
  );
  const trained = results.flatMap(({ result, ...run }) => (result ? [{ ...run, ...result.validation }] : []));
  const [best] = trained
    .filter(({ seed }) => wanted.seed === undefined || seed === wanted.seed)
    .sort((a, b) => b.accuracy - a.accuracy || a.loss - b.loss || a.seed - b.seed);
  if (best === undefined) {
    const seed = wanted.seed === undefined ? '' : ` with seed ${wanted.seed}`;
    const others =
      trained.length > 0 ? ` Trained are the seeds ${trained.map((one) => one.seed).join(', ')}.` : '';
    throw new UserError(`No student of the arm “${arm.title}”${seed} is trained to its end yet.${others}`);
  }
  const { seed, folder, accuracy } = best;
  return { arm, seed, folder, accuracy, trained: trained.length };
}
