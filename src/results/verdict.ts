import {
  count,
  decimalsFor,
  percent,
  plain,
  plural,
  points,
  pointsWithUnit,
  roughly,
  withUnit,
} from './format';
import { interval, seedsToSettle, type Interval, type Variation } from './statistics';
import type { VerdictToken } from './summary';

/** Fewer paired seeds than this say nothing about the spread. */
export const FEWEST_SEEDS = 4;

/** 95 % at the first opening of the test set; 99 % from the second on, since more than one look was taken. */
export const levelOf = (look: number): number => (look > 1 ? 0.99 : 0.95);

/** What a verdict is reached from: one distilled arm and its scratch. Differences are shares (0–1). */
export interface Evidence {
  /** Every planned run is finished and the test set was opened for them. */
  complete: boolean;
  hasScratch: boolean;
  /** The step after which successive halving ended the arm; null where it trains to its end. */
  ended: number | null;
  /** Steps of both, where they differ. */
  unequalSteps: { scratch: number; distilled: number } | null;
  plannedSeeds: number;
  pairedSeeds: number;
  /** Runs of the two arms that ended without a result. */
  failedRuns: number;
  /** Of paired seeds, on test when complete, else on validation. */
  mean: number | null;
  /** Null where there are fewer than two pairs of test predictions. */
  variation: Variation | null;
  /** Examples of the part that `mean` is of. */
  examples: number;
  /** The smallest gain worth having, in percentage points. */
  minGain: number;
  /** How often the test set was opened for this arm, the opening shown included. */
  look: number;
  /** p corrected for the other arms; null for the primary arm, which is corrected for nothing. */
  pHolm: number | null;
  /** False for controls that ask no teacher, such as label smoothing. */
  taught: boolean;
  /** Of the softened targets; null where the method has none. */
  temperature: number | null;
  secondsLeft: number | null;
}

export interface Verdict {
  verdict: VerdictToken;
  sentence: string;
  interval: Interval | null;
  seedsToSettle: number | null;
}

/** The rule, in its order: no comparison, unfinished, NO BEATS (upper < g), BEATS (lower > 0), else INCONCLUSIVE. */
export function reachVerdict(evidence: Evidence): Verdict {
  const { unequalSteps, mean, variation, pairedSeeds, look } = evidence;
  if (evidence.ended !== null)
    return open(
      `Ended by successive halving at step ${count(evidence.ended)}: on validation others were better.`,
    );
  if (!evidence.hasScratch) return open('No verdict: there is no scratch student to compare with.');
  if (unequalSteps) {
    const { scratch, distilled } = unequalSteps;
    return open(`No verdict: scratch ran ${count(scratch)} steps, distilled ${count(distilled)}.`);
  }
  if (!evidence.complete) return open(soFar(evidence));
  if (mean === null || variation === null || pairedSeeds < FEWEST_SEEDS) return open(tooFew(evidence));
  const judged = judge(mean, variation, evidence);
  return look > 1 ? { ...judged, sentence: `Look ${look}: ${judged.sentence}` } : judged;
}

function judge(mean: number, variation: Variation, evidence: Evidence): Verdict {
  const { minGain, look, pHolm } = evidence;
  const level = levelOf(look);
  const shown = interval(mean, variation, level);
  const excludesGain = (i: Interval) => i.high * 100 < minGain;
  const { gain, range } = wording(mean, shown, evidence);
  if (excludesGain(shown)) {
    const excluded = `a gain of ${withUnit(plain(minGain), 'pp')} is excluded`;
    const sentence = `${evidence.taught ? 'Distillation' : 'This arm'} brought no gain worth having: ${gain} (${range}; ${excluded}).`;
    return {
      verdict: 'NO BEATS',
      sentence: sentence + advice(evidence),
      interval: shown,
      seedsToSettle: null,
    };
  }
  if (shown.low > 0 && (pHolm === null || pHolm < 1 - level)) {
    const sentence = `The ${evidence.taught ? 'distilled student' : 'student of this arm'} is ${gain} more accurate than the same network trained alone on the same budget (${range}).`;
    return { verdict: 'BEATS', sentence, interval: shown, seedsToSettle: null };
  }
  if (shown.low > 0)
    return open(
      `${gain} (${range}): not enough once corrected for the number of arms (Holm, p ${plain(pHolm ?? 1, 2)}).`,
      shown,
    );
  // Added seeds are another look, with the wider interval of one.
  const enough = seedsToSettle(mean, variation, levelOf(look + 1), (i) => excludesGain(i) || i.low > 0);
  const hope =
    enough === null
      ? `More seeds will not settle it: the test set (${count(evidence.examples)}) is too small.`
      : `About ${plural(enough, 'seed')} would settle a gain of this size.`;
  return { ...open(`${gain} (${range}): the spread hides it. ${hope}`, shown), seedsToSettle: enough };
}

function advice({ taught, temperature }: Evidence): string {
  if (!taught) return '';
  return ` Try ${temperature === null ? '' : 'a lower T for a narrow student, or '}a better teacher.`;
}

const open = (sentence: string, shown: Interval | null = null): Verdict => ({
  verdict: 'INCONCLUSIVE',
  sentence,
  interval: shown,
  seedsToSettle: null,
});

/** While the plan runs, or a part of it failed: validation alone. */
function soFar({
  mean,
  examples,
  pairedSeeds,
  plannedSeeds,
  failedRuns,
  look,
  secondsLeft,
}: Evidence): string {
  const failed = failedRuns > 0 ? `; ${plural(failedRuns, 'run')} failed` : '';
  const known =
    mean === null
      ? `No pair of seeds is finished yet${failed}.`
      : `So far ${bold(mean, decimalsFor(examples))} on validation, ${count(pairedSeeds)} of the ${plural(plannedSeeds, 'planned seed')}${failed}.`;
  const when = plannedSeeds === 1 ? 'it is' : `all ${count(plannedSeeds)} are`;
  const left = secondsLeft === null ? '' : `: about ${roughly(secondsLeft)}`;
  return `${known} The test set is opened ${look > 0 ? 'again' : 'once'}, when ${when} done${left}.`;
}

function tooFew({ mean, examples, pairedSeeds }: Evidence): string {
  const gain =
    mean === null ? '' : `${bold(mean, decimalsFor(examples))} on ${plural(pairedSeeds, 'paired seed')}. `;
  return `${gain}A verdict needs ${count(FEWEST_SEEDS)} paired seeds or more.`;
}

const bold = (difference: number, decimals: number) => `**${pointsWithUnit(difference, decimals)}**`;

/** With as many decimals as one example moves, or the one or two more that keep a bound on its side of 0 and of g. */
function wording(mean: number, { low, high, level }: Interval, { examples, minGain }: Evidence) {
  const usual = decimalsFor(examples);
  const told = (share: number, decimals: number) => Number((share * 100).toFixed(decimals));
  const faithful = (decimals: number) =>
    [low, high].every((bound) =>
      [0, minGain].every(
        (limit) => Math.sign(told(bound, decimals) - limit) === Math.sign(bound * 100 - limit),
      ),
    );
  const decimals = [usual, usual + 1].find(faithful) ?? usual + 2;
  return {
    gain: bold(mean, decimals),
    range: `${percent(level)} CI ${points(low, decimals)} to ${points(high, decimals)}`,
  };
}
