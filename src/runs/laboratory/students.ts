import type { ArmSummary, SeedResult, Summary } from '../../results/summary';
import type { RunFile } from '../files';
import { readRunFile } from '../folder';

/** A student's run that has finished, with the runs that it is held against. */
export interface Student {
  arm: ArmSummary;
  seed: number;
  folder: string;
  teacher: string | null;
  /** Of the same seed; null for scratch itself. */
  scratch: string | null;
}

/** Every finished run of an arm, scratch included. */
export function studentsOf(summary: Summary, arm: ArmSummary): Student[] {
  const scratch = scratchOf(summary, arm);
  return finished(arm).map(({ seed, folder }) => ({
    arm,
    seed,
    folder,
    teacher: teacherOf(summary, seed)?.folder ?? null,
    scratch: (scratch && finished(scratch).find((one) => one.seed === seed)?.folder) ?? null,
  }));
}

/** The arms that were trained, scratch first. */
export const studentArms = (summary: Summary): ArmSummary[] =>
  [summary.scratch, ...summary.otherScratches, ...summary.arms].filter((arm) => arm !== null);

/** What was to be done, as the first run of an arm that has begun says; null before. */
export async function specOf(arm: ArmSummary): Promise<RunFile | null> {
  for (const { folder } of arm.seeds) {
    const { value } = await readRunFile(folder);
    if (value !== null) return value;
  }
  return null;
}

const finished = (arm: ArmSummary): SeedResult[] => arm.seeds.filter(({ status }) => status === 'finished');

function scratchOf({ comparisons, scratch, otherScratches }: Summary, arm: ArmSummary): ArmSummary | null {
  const slug = comparisons.find((one) => one.arm === arm.slug)?.scratch;
  return [scratch, ...otherScratches].find((one) => one?.slug === slug) ?? null;
}

/** The one of a seed where each has its own, else the only one. */
function teacherOf({ teacher }: Summary, seed: number): SeedResult | undefined {
  const trained = teacher === null ? [] : finished(teacher);
  return trained.find((one) => one.seed === seed) ?? trained[0];
}
