import type { Numerics } from '../config/numerics';
import type { ComparisonBasis } from '../results/comparable';
import { sha256 } from './identity';
import type { RunDraft } from './planned';

/**
 * What the numbers of an experiment hang on, from what its runs are to do; null where it has no student.
 * @param runs drafts of a plan, or run.json of what was found
 */
export function settingOf(
  experiment: string,
  minGain: number,
  runs: readonly RunDraft[],
  numerics: Numerics | null,
): ComparisonBasis | null {
  const students = runs.filter((run) => run.kind === 'student');
  const [first] = students;
  if (!first) return null;
  const { hash, config, counts } = first.data;
  const { seed, stratified } = config.split;
  return {
    experiment,
    dataHash: hash,
    split: sha256({
      seed,
      stratified,
      validation: counts.validation,
      test: counts.test,
      train: counts.train,
    }),
    labelled: distinct(students.map((run) => run.data.counts.labelled)),
    steps: distinct(students.map((run) => run.steps)),
    minGain,
    numerics:
      numerics && `${numerics.engine} ${numerics.version}, ${numerics.variant}, ${numerics.execution}`,
    seeds: distinct(students.map((run) => run.seed)),
  };
}

const distinct = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b);
