import { plural } from './format';

/** The settings that two experiments must share to be comparable; lists have each value once, ascending (a sweep may have several). */
export interface ComparisonBasis {
  experiment: string;
  /** SHA-256 of the data. */
  dataHash: string;
  /** Numbers of examples, and how they were drawn, as text that is equal where the parts are. */
  split: string;
  /** Labelled examples of the students. */
  labelled: number[];
  /** Planned optimizer steps of the students. */
  steps: number[];
  /** Smallest gain worth having, pp. */
  minGain: number;
  /** Engine, version and whatever else can change a bit; null before it is chosen. */
  numerics: string | null;
  seeds: number[];
}

export interface Comparability {
  /** Why the results are not comparable, as sentences; empty where they are. */
  reasons: string[];
  /** Caveats where they are. */
  notes: string[];
}

/** Whether arms of two experiments can be compared: data, split, labels and budget have to agree. */
export function comparable(a: ComparisonBasis, b: ComparisonBasis): Comparability {
  const both = `${a.experiment} and ${b.experiment}`;
  const reasons: string[] = [];
  const notes: string[] = [];
  if (a.dataHash !== b.dataHash)
    reasons.push(
      `${both} have different data (${a.dataHash.slice(0, 6)}…, ${b.dataHash.slice(0, 6)}…): their numbers are not comparable.`,
    );
  else if (a.split !== b.split)
    reasons.push(
      `${both} split their data differently: they are tested on different examples. Give both the same data.split.`,
    );
  if (list(a.labelled) !== list(b.labelled))
    reasons.push(
      `${both} use different numbers of labels, ${list(a.labelled)} and ${list(b.labelled)}: a difference may come from the labels.`,
    );
  if (list(a.steps) !== list(b.steps))
    reasons.push(
      `${both} have different budgets, ${list(a.steps)} and ${list(b.steps)} steps: a difference may come from the amount of training.`,
    );
  if (a.minGain !== b.minGain)
    notes.push(
      `${both} have different values of minGain, ${a.minGain} and ${b.minGain} pp: their verdicts answer different questions.`,
    );
  if (a.numerics !== null && b.numerics !== null && a.numerics !== b.numerics)
    notes.push(
      `${both} were computed differently (${a.numerics}; ${b.numerics}): the same seeds do not give the same runs.`,
    );
  if (list(a.seeds) !== list(b.seeds))
    notes.push(
      `${a.experiment} has ${plural(a.seeds.length, 'seed')}, ${b.experiment} ${plural(b.seeds.length, 'seed')}${a.seeds.length === b.seeds.length ? ', but different ones' : ''}: their means are over different runs.`,
    );
  return { reasons, notes };
}

const list = (values: readonly number[]) => values.join(', ');
