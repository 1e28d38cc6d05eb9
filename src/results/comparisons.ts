import { UserError } from '../config/errors';
import { correct } from '../tasks/classification';
import { finishedRuns } from './arms';
import { isEnough, levelOf } from './evidence';
import { differenceDecimals } from './format';
import { inform, type PairedAnswers } from './information';
import type { ArmInput, Predictions, RunInput, SummaryInput } from './input';
import { otherLabels } from './otherLabels';
import { holm, pairedDifference, pValue, type PairedDifference } from './statistics';
import type { AfterLook } from './promise';
import type { ArmSummary, Comparison } from './summary';
import { reachVerdict } from './verdict';

/** A distilled arm and its scratch, the runs that share a seed and are both finished. */
export interface Pairing {
  arm: ArmInput;
  scratch: ArmInput | null;
  pairs: { seed: number; distilled: RunInput; scratch: RunInput }[];
  answers: PairedAnswers[];
  /** Null where fewer than two pairs have predictions, or there is one example. */
  difference: PairedDifference | null;
  /** Accuracy gained by each seed, as a share. */
  perSeed: { seed: number; difference: number }[];
}

/** Pairs an arm's seeds with scratch's on one part of the data. */
export function pair(arm: ArmInput, scratch: ArmInput | null, part: 'validation' | 'test'): Pairing {
  const pairs = finishedRuns(arm).flatMap((distilled) => {
    const other = scratch && finishedRuns(scratch).find((run) => run.seed === distilled.seed);
    return other ? [{ seed: distilled.seed, distilled, scratch: other }] : [];
  });
  const answered = pairs.flatMap(({ seed, distilled, scratch: other }) => {
    const [a, b] = [distilled[part], other[part]];
    if (!a || !b) return [];
    sameExamples(distilled, other, a, b);
    return [{ seed, distilled: correct(a.logits, a.labels), scratch: correct(b.logits, b.labels) }];
  });
  const rows = { distilled: answered.map((a) => a.distilled), scratch: answered.map((a) => a.scratch) };
  const difference =
    answered.length > 1 && rows.distilled[0]!.length > 1
      ? pairedDifference(rows.distilled, rows.scratch)
      : null;
  const perSeed = answered.map(({ seed, distilled, scratch: other }) => ({
    seed,
    difference: (ones(distilled) - ones(other)) / distilled.length,
  }));
  return { arm, scratch, pairs, answers: answered, difference, perSeed };
}

/**
 * Every arm against scratch; p values of all but the primary arm are corrected together, with those of the same and
 * earlier looks. An arm whose runs are gone counts in the correction with a p of 1.
 */
export function compare(
  input: SummaryInput,
  pairings: Pairing[],
  arms: { teacher: ArmSummary | null; scratches: ArmSummary[]; distilled: ArmSummary[] },
  complete: boolean,
  afterLook: AfterLook,
): Comparison[] {
  const part = complete ? 'test' : 'validation';
  const differences = pairings.map(({ difference }) =>
    complete && difference && isEnough(difference.variation) ? difference : null,
  );
  const p = differences.map((difference) => difference && pValue(difference.mean, difference.variation));
  const seen = pairings.map(({ arm }) => looksOf(input, arm));
  const deleted = allRuns(input).filter((run) => run.status === 'deleted' && run.left === undefined).length;
  return pairings.map(({ arm, scratch, pairs, answers, difference, perSeed }, i) => {
    const mean =
      perSeed.length === 0 ? null : perSeed.reduce((sum, s) => sum + s.difference, 0) / perSeed.length;
    const look = complete ? Math.max(1, seen[i]!.last) : seen[i]!.last;
    const pHolm = arm.primary || p[i] === null ? null : corrected(i, pairings, p, seen);
    const scratchSummary = arms.scratches.find(({ slug }) => slug === scratch?.slug);
    const verdict = reachVerdict({
      complete,
      hasScratch: scratch !== null,
      ended: arm.ended,
      unequalSteps: unequalSteps(pairs),
      plannedSeeds: arm.runs.length,
      pairedSeeds: perSeed.length,
      unlisted: afterLook.unlisted,
      opening: afterLook.opening,
      deleted,
      lostRuns: [arm, scratch].flatMap((a) => a?.runs ?? []).filter((run) => run.status === 'deleted').length,
      failedRuns: [arm, scratch].flatMap((a) => a?.runs ?? []).filter((run) => run.status === 'failed')
        .length,
      mean,
      variation: difference?.variation ?? null,
      examples: input.examples[part],
      minGain: input.minGain,
      look,
      pHolm,
      teacher: arm.softTargets === 'none' ? null : teacherOf(input, arms.teacher, part),
      scratchAccuracy: scratchSummary?.[part]?.mean ?? null,
      improving: input.improving.includes(arm.slug),
      taught: arm.softTargets !== 'none',
      temperature: arm.temperature,
      otherLabels: otherLabels(input.teacher, scratch, arm),
      secondsLeft: input.secondsLeft,
    });
    return {
      arm: arm.slug,
      scratch: scratch?.slug ?? null,
      primary: arm.primary,
      part,
      perSeed,
      mean,
      decimals: differenceDecimals({ mean, interval: verdict.interval }, input.examples[part], input.minGain),
      p: p[i]!,
      pHolm,
      gapClosed: gapClosed(mean, arms.distilled[i]!, arms.teacher, part),
      look,
      // A sweep may have hundreds of cells, for which these statistics are not shown.
      information:
        differences[i] && arm.role !== 'cell' ? inform(answers, differences[i], levelOf(look)) : null,
      ...verdict,
    };
  });
}

/** p of one arm after Holm's correction for all secondary arms that were looked at as early as it, or earlier. */
function corrected(
  index: number,
  pairings: readonly Pairing[],
  p: readonly (number | null)[],
  seen: readonly { first: number; last: number }[],
): number {
  const family = pairings.flatMap(({ arm }, i) => {
    const counts = i === index || (!arm.primary && seen[i]!.first <= seen[index]!.last);
    return counts && (p[i] !== null || isLost(arm)) ? [i] : [];
  });
  return holm(family.map((i) => p[i] ?? 1))[family.indexOf(index)]!;
}

const isLost = ({ runs }: ArmInput) => runs.some((run) => run.status === 'deleted');

/** The numbers of the first and the last opening of the test set for a run of the arm; 0 where there was none. */
function looksOf({ looks }: SummaryInput, arm: ArmInput): { first: number; last: number } {
  const own = new Set(arm.runs.map(({ identity }) => identity));
  const at = looks.map(({ runs }) => runs.some(({ identity }) => own.has(identity)));
  return { first: at.indexOf(true) + 1, last: at.lastIndexOf(true) + 1 };
}

const allRuns = ({ scratches, arms }: SummaryInput) => [...scratches, ...arms].flatMap(({ runs }) => runs);

function teacherOf(
  { teacher, classes }: SummaryInput,
  summary: ArmSummary | null,
  part: 'validation' | 'test',
) {
  if (teacher === null) return null;
  return {
    failed: teacher.runs.some((run) => run.status === 'failed'),
    accuracy: summary?.[part]?.mean ?? null,
    chance: 1 / Math.max(1, classes.length),
  };
}

/** The share of the gap between scratch and teacher; the arm's mean minus the paired gain is used as scratch. */
function gapClosed(
  gain: number | null,
  arm: ArmSummary,
  teacher: ArmSummary | null,
  part: 'validation' | 'test',
) {
  const [own, taught] = [arm[part]?.mean, teacher?.[part]?.mean];
  if (gain === null || own === undefined || taught === undefined) return null;
  const gap = taught - (own - gain);
  return gap > 0 ? gain / gap : null;
}

function unequalSteps(pairs: Pairing['pairs']): { scratch: number; distilled: number } | null {
  for (const { distilled, scratch } of pairs)
    if (distilled.steps !== null && scratch.steps !== null && distilled.steps !== scratch.steps)
      return { scratch: scratch.steps, distilled: distilled.steps };
  return null;
}

function sameExamples(distilled: RunInput, scratch: RunInput, a: Predictions, b: Predictions): void {
  if (a.labels.length === b.labels.length && a.labels.every((label, i) => label === b.labels[i])) return;
  throw new UserError(
    `${distilled.folder} and ${scratch.folder} were not evaluated on the same examples, so they cannot be compared. Run both on the same data and split.`,
  );
}

const ones = (row: Uint8Array) => row.reduce((sum, one) => sum + one, 0);
