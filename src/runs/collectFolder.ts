import { basename } from 'node:path';
import { experimentSchema } from '../config/experiment';
import type { ArmInput } from '../results/input';
import { summarize } from '../results/summarize';
import type { Summary } from '../results/summary';
import { armOfRun, teacherArm } from './armInput';
import { discover } from './discover';
import type { RunFile } from './files';
import { readRunFile } from './folder';
import { readLooks } from './jsonLines';
import { openings } from './promise';
import { readRunInput } from './runInput';

interface FoundRun {
  folder: string;
  run: RunFile;
}

/**
 * The numbers of a folder of runs that has no experiment file here: another machine's, or a script's. What its files do not
 * tell is null. Null where no run can be read.
 */
export async function collectFolder(folder: string): Promise<Summary | null> {
  const found = await Promise.all(
    (await discover(folder)).runs.map(async (path): Promise<FoundRun[]> => {
      const { value } = await readRunFile(path);
      return value === null ? [] : [{ folder: path, run: value }];
    }),
  );
  const runs = found.flat();
  const [first] = runs;
  if (first === undefined) return null;
  const teachers = runs.filter(({ run }) => run.kind === 'teacher');
  const arms = await Promise.all([...armsOf(runs).values()].map(armInput));
  const isScratch = ({ slug }: ArmInput) => runs.some(({ run }) => run.arm?.scratch && run.arm.slug === slug);
  const scratches = arms.filter(isScratch);
  const distilled = arms.filter((arm) => !isScratch(arm));
  const headline = distilled.find((arm) => arm.primary) ?? distilled[0];
  const { classes, counts } = first.run.data;
  const looks = await readLooks(folder);
  return summarize({
    experiment: basename(folder),
    description: null,
    minGain: experimentSchema.shape.minGain.parse(undefined),
    examples: counts,
    classes,
    engine: { name: first.run.numerics.engine, why: 'As its runs say.' },
    seeds: [...new Set(arms.flatMap((arm) => arm.runs.map(({ seed }) => seed)))].sort((a, b) => a - b),
    teacher: teachers[0]
      ? { ...teacherArm('Teacher', teachers[0].run), runs: await inputsOf(teachers) }
      : null,
    scratches,
    arms: distilled.map((arm) => ({
      ...arm,
      primary: arm === headline,
      scratch: arm.scratch ?? scratches[0]?.slug ?? null,
    })),
    sweep: null,
    ...openings(looks, { test: null }),
    // Whoever writes run folders by a script of their own may leave looks.jsonl out.
    unlisted: null,
    improving: [],
    secondsLeft: null,
  });
}

function armsOf(runs: readonly FoundRun[]): Map<string, FoundRun[]> {
  const arms = new Map<string, FoundRun[]>();
  for (const one of runs) {
    if (one.run.kind === 'teacher') continue;
    const slug = one.run.arm?.slug ?? 'run';
    arms.set(slug, [...(arms.get(slug) ?? []), one]);
  }
  return arms;
}

const armInput = async (runs: readonly FoundRun[]): Promise<ArmInput> => ({
  ...armOfRun(runs[0]!.run),
  runs: await inputsOf(runs),
});

const inputsOf = (runs: readonly FoundRun[]) =>
  Promise.all(
    [...runs]
      .sort((a, b) => a.run.seed - b.run.seed)
      .map(({ folder, run }) => readRunInput(folder, run.seed, run)),
  );
