import type { Predictions, RunInput } from '../input';
import { biasCorrection, type BiasCorrection } from './correction';
import {
  confusionMatrix,
  meanCounts,
  mostChangedPairs,
  pairCounts,
  type ChangedPair,
  type PairCounts,
} from './confusion';
import { disagreements, type Disagreements } from './disagreements';
import {
  accuracyPerClass,
  examplesPerClass,
  MOST_CLASSES,
  mostChangedClasses,
  perClass,
  type ClassResult,
} from './perClass';
import { reliability, type Reliability } from './reliability';

const MOST_PAIRS = 20;
const MOST_ROWS = 12;
const MOST_DISAGREEMENTS = 24;

/** The classes where an arm helped and hurt, compared with its scratch and the teacher. Classes are indices into `Summary.classes`. */
export interface ClassesView {
  arm: string;
  title: string;
  part: 'validation' | 'test';
  examples: number;
  /** Seeds that arm and scratch have both finished; all of the arm’s where there is no scratch. */
  seeds: number[];
  /** Mean counts over seeds, [true, predicted]; null of more than 30 classes. */
  confusion: {
    distilled: number[][];
    scratch: number[][] | null;
    teacher: number[][] | null;
  } | null;
  /** The 20 most changed pairs; empty where the whole matrix is there. */
  changed: ChangedPair[];
  /** By gain; of more than 30 classes the 12 most changed and the others together. */
  perClass: ClassResult[];
  reliability: Record<'distilled' | 'scratch' | 'teacher', Reliability | null>;
  /** Null where the transfer set has every class. */
  bias: BiasCorrection | null;
  /** Of the first seed; null without a scratch. */
  disagreements: (Disagreements & { seed: number }) | null;
}

export interface ClassesInput {
  arm: string;
  title: string;
  part: 'validation' | 'test';
  distilled: RunPredictions[];
  scratch: RunPredictions[] | null;
  teacher: RunPredictions[];
  /** Numbers of the classes that the arm’s transfer set has no example of. */
  missing: number[];
}

export type RunPredictions = Pick<RunInput, 'seed' | 'validation' | 'test'>;

/** Null until a run has saved its predictions. */
export function classesView(input: ClassesInput): ClassesView | null {
  const { part } = input;
  const scratchOf = (seed: number) => input.scratch?.find((run) => run.seed === seed && run[part] !== null);
  const known = input.distilled.filter((run) => run[part] !== null);
  const paired = known.filter(({ seed }) => scratchOf(seed));
  const runs = paired.length > 0 ? paired : known;
  const [first] = runs;
  if (!first) return null;
  const of = (some: readonly RunPredictions[]) => some.flatMap((run) => run[part] ?? []);
  const own = of(runs);
  const scratch = of(paired.flatMap(({ seed }) => scratchOf(seed) ?? []));
  const teacher = of(input.teacher);
  const examples = examplesPerClass(own[0]!);
  const classes = examples.length;
  const counts = { distilled: countsOf(own), scratch: countsOf(scratch), teacher: countsOf(teacher) };
  const matrix = (some: PairCounts | null) => some && confusionMatrix(some, classes);
  const rows = perClass(examples, {
    teacher: accuracyPerClass(teacher),
    scratch: accuracyPerClass(scratch),
    distilled: accuracyPerClass(own),
  });
  const few = classes <= MOST_CLASSES;
  return {
    arm: input.arm,
    title: input.title,
    part,
    examples: own[0]!.labels.length,
    seeds: runs.map(({ seed }) => seed),
    confusion: few
      ? {
          distilled: confusionMatrix(counts.distilled!, classes),
          scratch: matrix(counts.scratch),
          teacher: matrix(counts.teacher),
        }
      : null,
    changed:
      few || !counts.scratch ? [] : mostChangedPairs(counts.distilled!, counts.scratch, classes, MOST_PAIRS),
    perClass: few ? rows : mostChangedClasses(rows, MOST_ROWS),
    reliability: {
      distilled: reliability(own),
      scratch: scratch.length > 0 ? reliability(scratch) : null,
      teacher: teacher.length > 0 ? reliability(teacher) : null,
    },
    bias: biasCorrection(
      runs.flatMap(({ validation, test }) => (validation ? [{ validation, test: open(part, test) }] : [])),
      input.missing,
    ),
    disagreements: scratch[0]
      ? {
          seed: first.seed,
          ...disagreements(own[0]!, scratch[0], teacherOf(input, first.seed), MOST_DISAGREEMENTS),
        }
      : null,
  };
}

const countsOf = (some: readonly Predictions[]): PairCounts | null =>
  some.length === 0 ? null : meanCounts(some.map(pairCounts));

/** While the summary is of validation the test set is sealed, though some runs were tried on it before others were added. */
const open = (part: ClassesInput['part'], test: Predictions | null) => (part === 'test' ? test : null);

/** The seed’s own where one was trained for each, else the only one. */
function teacherOf({ teacher, part }: ClassesInput, seed: number): Predictions | null {
  return (teacher.find((run) => run.seed === seed) ?? teacher[0])?.[part] ?? null;
}
