import { UserError } from '../config/errors';
import { correct } from '../tasks/classification';
import { finishedRuns } from './arms';
import { isEnough, levelOf } from './evidence';
import { inform, type Answers } from './information';
import type { ArmInput, Predictions, RunInput, SummaryInput } from './input';
import { otherLabels } from './otherLabels';
import { holm, pairedDifference, pValue, type PairedDifference } from './statistics';
import type { ArmSummary, Comparison } from './summary';
import { reachVerdict } from './verdict';

/** A distilled arm and its scratch, the runs that share a seed and are both finished. */
export interface Pairing {
  arm: ArmInput;
  scratch: ArmInput | null;
  pairs: { seed: number; distilled: RunInput; scratch: RunInput }[];
  answers: Answers[];
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

/** Every arm against scratch; p values of all but the primary arm are corrected together. */
export function compare(
  input: SummaryInput,
  pairings: Pairing[],
  arms: { teacher: ArmSummary | null; distilled: ArmSummary[] },
  complete: boolean,
): Comparison[] {
  const part = complete ? 'test' : 'validation';
  const differences = pairings.map(({ difference }) =>
    complete && difference && isEnough(difference.variation) ? difference : null,
  );
  const p = differences.map((difference) => difference && pValue(difference.mean, difference.variation));
  const secondary = pairings.flatMap(({ arm }, i) => (arm.primary || p[i] === null ? [] : [i]));
  const corrected = holm(secondary.map((i) => p[i]!));
  return pairings.map(({ arm, scratch, pairs, answers, difference, perSeed }, i) => {
    const mean =
      perSeed.length === 0 ? null : perSeed.reduce((sum, s) => sum + s.difference, 0) / perSeed.length;
    const looks = input.looks.filter((look) => look.runs.some((run) => run.arm === arm.slug)).length;
    const look = complete ? Math.max(1, looks) : looks;
    const pHolm = secondary.includes(i) ? corrected[secondary.indexOf(i)]! : null;
    const verdict = reachVerdict({
      complete,
      hasScratch: scratch !== null,
      ended: arm.ended,
      unequalSteps: unequalSteps(pairs),
      plannedSeeds: arm.runs.length,
      pairedSeeds: perSeed.length,
      failedRuns: [arm, scratch].flatMap((a) => a?.runs ?? []).filter((run) => run.status === 'failed')
        .length,
      mean,
      variation: difference?.variation ?? null,
      examples: input.examples[part],
      minGain: input.minGain,
      look,
      pHolm,
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
      p: p[i]!,
      pHolm,
      gapClosed: gapClosed(mean, arms.distilled[i]!, arms.teacher, part),
      look,
      // A sweep's cells may be hundreds: what is said beside their intervals would be read by nobody.
      information:
        differences[i] && arm.role !== 'cell' ? inform(answers, differences[i], levelOf(look)) : null,
      ...verdict,
    };
  });
}

/** Of the way from scratch to the teacher; the arm's own mean less the paired gain stands for scratch. */
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
    `${distilled.folder} and ${scratch.folder} were not tried on the same examples, so they cannot be compared. Run both on the same data and split.`,
  );
}

const ones = (row: Uint8Array) => row.reduce((sum, one) => sum + one, 0);
