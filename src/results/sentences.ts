import { FEWEST_EXAMPLES, FEWEST_SEEDS, type Evidence, type Verdict } from './evidence';
import {
  about,
  count,
  decimalsFor,
  differenceDecimals,
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

export function hurts({ gain, range }: Words, evidence: Evidence): string {
  const { taught } = evidence;
  const who = taught ? 'Distillation made the student' : 'This arm made the student';
  return `${who} worse: ${gain} against the same network trained alone on the same budget (${range}).${hint(evidence, 'lower')}`;
}

export function noBeats({ gain, range }: Words, evidence: Evidence): string {
  const { taught, minGain } = evidence;
  const excluded = `a gain of ${withUnit(plain(minGain), 'pp')} is excluded`;
  return `${taught ? 'Distillation' : 'This arm'} brought no gain worth having: ${gain} (${range}; ${excluded})${reached(evidence)}.${hint(evidence, 'better')}`;
}

/** Of two percentages that differ. */
const MOST_DECIMALS = 6;

/** The likeliest measured cause, and what to do about it. */
function hint(evidence: Evidence, without: 'lower' | 'better'): string {
  const { taught, temperature, teacher, scratchAccuracy, improving, examples } = evidence;
  if (!taught) return '';
  const decimals = decimalsFor(examples);
  const taughtBy = teacher?.accuracy ?? null;
  if (teacher !== null && taughtBy !== null && isChance(taughtBy, teacher.chance, examples))
    return ` The teacher is right on ${percent(taughtBy, decimals)} of the examples, no better than guessing: check the order of its classes, its preprocessing and its weights.`;
  if (taughtBy !== null && scratchAccuracy !== null && taughtBy < scratchAccuracy) {
    let apart = decimals;
    while (apart < MOST_DECIMALS && percent(taughtBy, apart) === percent(scratchAccuracy, apart)) apart += 1;
    return ` The teacher (${percent(taughtBy, apart)}) is weaker than the student trained alone (${percent(scratchAccuracy, apart)}): use a better teacher.`;
  }
  if (improving) return ' It was still improving when training ended: give every arm more steps.';
  if (without === 'better')
    return ` Try ${temperature === null ? '' : 'a lower T for a narrow student, or '}a better teacher.`;
  return temperature !== null && temperature > 1
    ? ` T ${plain(temperature)} may be too high for a student of this size: try a lower T, or more weight on the labels.`
    : ' Try more weight on the labels.';
}

/** Within two standard errors of guessing among equally many of each class, or below. */
const isChance = (accuracy: number, chance: number, examples: number): boolean =>
  accuracy <= chance + 2 * Math.sqrt((chance * (1 - chance)) / Math.max(1, examples));

export const correctedAway = ({ gain, range }: Words, evidence: Evidence): string =>
  `${gain} (${range}): not significant after correction for the number of arms (Holm, p ${plain(evidence.pHolm ?? 1, 2)})${reached(evidence)}.`;

export const inconclusive = (
  { gain, range }: Words,
  enough: Pick<Verdict, 'seedsToSettle' | 'examplesToSettle'>,
  evidence: Evidence,
): string => `${gain} (${range}): the interval includes 0${reached(evidence)}. ${settling(enough, evidence)}`;

function settling(
  { seedsToSettle, examplesToSettle }: Pick<Verdict, 'seedsToSettle' | 'examplesToSettle'>,
  { examples }: Evidence,
): string {
  const larger =
    examplesToSettle === null ? null : `about ${plural(about(examplesToSettle), 'test example')}`;
  if (seedsToSettle !== null)
    return `About ${plural(seedsToSettle, 'seed')} would settle a gain of this size${larger === null ? '; a larger test set alone would not' : `, or ${larger}`}.`;
  return larger === null
    ? `Neither more seeds alone nor a larger test set alone will settle it: both are needed.`
    : `More seeds will not settle it: the test set (${count(examples)}) is too small; ${larger} would.`;
}

const reached = ({ otherLabels }: Evidence): string =>
  otherLabels > 0 ? `; ${otherLabelsReached(otherLabels)}` : '';

/** While the plan runs, or a part of it failed: validation alone. */
export function soFar(evidence: Evidence): string {
  const { mean, pairedSeeds, plannedSeeds, failedRuns, look, secondsLeft, deleted } = evidence;
  if (deleted > 0)
    return `${plural(deleted, 'run was', 'runs were')} deleted after the test set was opened. Run trains ${deleted === 1 ? 'it' : 'them'} again, with the same result.`;
  if (evidence.teacher?.failed === true)
    return 'The teacher failed, so nothing can be distilled from it. See its log, then run again.';
  const failed = failedRuns > 0 ? `; ${plural(failedRuns, 'run')} failed` : '';
  const known =
    mean === null
      ? `No pair of seeds is finished yet${failed}.`
      : `So far ${bold(mean, meanDecimals(mean, evidence))} on validation, ${count(pairedSeeds)} of the ${plural(plannedSeeds, 'planned seed')}${failed}.`;
  if (evidence.opening) return `${known} Every run is trained, and the test set is being read.`;
  const when = plannedSeeds === 1 ? 'it is' : `all ${count(plannedSeeds)} are`;
  const left = secondsLeft === null ? '' : `: about ${roughly(secondsLeft)}`;
  return `${known} The test set is opened ${look > 0 ? 'again' : 'once'}, when ${when} done${left}.`;
}

export const unlisted =
  'There are test predictions that looks.jsonl does not list. It was deleted or edited, so it is unknown what was promised when the test set was opened.';

export const lostRuns = ({ lostRuns: count }: Evidence): string =>
  `${plural(count, 'run of this arm and its scratch was', 'runs of this arm and its scratch were')} deleted after the test set was opened, and the file no longer asks for ${count === 1 ? 'it' : 'them'}. Restore what was removed and run again: the result is the same.`;

export function tooFew(evidence: Evidence): string {
  const { mean, examples, pairedSeeds } = evidence;
  const few = examples < FEWEST_EXAMPLES;
  const on = few
    ? `${plural(examples, 'test example')}, each worth ${withUnit(plain(100 / examples, 1), 'pp')}`
    : plural(pairedSeeds, 'paired seed');
  const gain = mean === null ? '' : `${bold(mean, meanDecimals(mean, evidence))} on ${on}. `;
  const needs = [
    ...(pairedSeeds < FEWEST_SEEDS ? [`${count(FEWEST_SEEDS)} paired seeds`] : []),
    ...(few ? [`${count(FEWEST_EXAMPLES)} test examples`] : []),
  ].join(' and ');
  return `${gain}A verdict needs at least ${needs}.`;
}

export function wording(mean: number, shown: Interval, { examples, minGain }: Evidence): Words {
  const decimals = differenceDecimals({ mean, interval: shown }, examples, minGain);
  const { low, high, level } = shown;
  return {
    gain: bold(mean, decimals),
    range: `${percent(level)} CI ${points(low, decimals)} to ${points(high, decimals)}`,
  };
}

const meanDecimals = (mean: number, { examples, minGain }: Evidence) =>
  differenceDecimals({ mean, interval: null }, examples, minGain);

const bold = (difference: number, decimals: number) => `**${pointsWithUnit(difference, decimals)}**`;
