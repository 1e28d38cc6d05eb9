import { FEWEST_EXAMPLES, FEWEST_SEEDS, type Evidence, type Verdict } from './evidence';
import {
  about,
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
import { otherLabelsReached } from './otherLabels';
import type { Interval } from './statistics';

/** The sentences of verdicts; **bold** marks the number. */
interface Words {
  gain: string;
  range: string;
}

export const beats = ({ gain, range }: Words, evidence: Evidence): string =>
  `The ${evidence.taught ? 'distilled student' : 'student of this arm'} is ${gain} more accurate than the same network trained alone on the same budget (${range})${reached(evidence)}.`;

export function noBeats({ gain, range }: Words, evidence: Evidence): string {
  const { taught, temperature, minGain } = evidence;
  const excluded = `a gain of ${withUnit(plain(minGain), 'pp')} is excluded`;
  const advice = taught
    ? ` Try ${temperature === null ? '' : 'a lower T for a narrow student, or '}a better teacher.`
    : '';
  return `${taught ? 'Distillation' : 'This arm'} brought no gain worth having: ${gain} (${range}; ${excluded})${reached(evidence)}.${advice}`;
}

export const correctedAway = ({ gain, range }: Words, evidence: Evidence): string =>
  `${gain} (${range}): not enough once corrected for the number of arms (Holm, p ${plain(evidence.pHolm ?? 1, 2)})${reached(evidence)}.`;

export const inconclusive = (
  { gain, range }: Words,
  enough: Pick<Verdict, 'seedsToSettle' | 'examplesToSettle'>,
  evidence: Evidence,
): string => `${gain} (${range}): the spread hides it${reached(evidence)}. ${settling(enough, evidence)}`;

function settling(
  { seedsToSettle, examplesToSettle }: Pick<Verdict, 'seedsToSettle' | 'examplesToSettle'>,
  { examples }: Evidence,
): string {
  const larger =
    examplesToSettle === null ? null : `about ${plural(about(examplesToSettle), 'test example')}`;
  if (seedsToSettle !== null)
    return `About ${plural(seedsToSettle, 'seed')} would settle a gain of this size${larger === null ? '; a larger test set alone would not' : `, or ${larger}`}.`;
  return larger === null
    ? `Neither more seeds alone nor a larger test set alone will settle it: it takes both.`
    : `More seeds will not settle it: the test set (${count(examples)}) is too small; ${larger} would.`;
}

const reached = ({ otherLabels }: Evidence): string =>
  otherLabels > 0 ? `; ${otherLabelsReached(otherLabels)}` : '';

/** While the plan runs, or a part of it failed: validation alone. */
export function soFar(evidence: Evidence): string {
  const { mean, examples, pairedSeeds, plannedSeeds, failedRuns, look, secondsLeft } = evidence;
  const failed = failedRuns > 0 ? `; ${plural(failedRuns, 'run')} failed` : '';
  const known =
    mean === null
      ? `No pair of seeds is finished yet${failed}.`
      : `So far ${bold(mean, decimalsFor(examples))} on validation, ${count(pairedSeeds)} of the ${plural(plannedSeeds, 'planned seed')}${failed}.`;
  const when = plannedSeeds === 1 ? 'it is' : `all ${count(plannedSeeds)} are`;
  const left = secondsLeft === null ? '' : `: about ${roughly(secondsLeft)}`;
  return `${known} The test set is opened ${look > 0 ? 'again' : 'once'}, when ${when} done${left}.`;
}

export function tooFew({ mean, examples, pairedSeeds }: Evidence): string {
  const few = examples < FEWEST_EXAMPLES;
  const on = few
    ? `${plural(examples, 'test example')}, each of which is worth ${withUnit(plain(100 / examples, 1), 'pp')}`
    : plural(pairedSeeds, 'paired seed');
  const gain = mean === null ? '' : `${bold(mean, decimalsFor(examples))} on ${on}. `;
  const needs = [
    ...(pairedSeeds < FEWEST_SEEDS ? [`${count(FEWEST_SEEDS)} paired seeds`] : []),
    ...(few ? [`${count(FEWEST_EXAMPLES)} test examples`] : []),
  ].join(' and ');
  return `${gain}A verdict needs ${needs} or more.`;
}

/** With as many decimals as one example moves, or the one or two more that keep a bound on its side of 0 and of g. */
export function wording(
  mean: number,
  { low, high, level }: Interval,
  { examples, minGain }: Evidence,
): Words {
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

const bold = (difference: number, decimals: number) => `**${pointsWithUnit(difference, decimals)}**`;
