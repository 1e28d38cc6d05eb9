import { isEnough, levelOf, type Evidence, type Verdict } from './evidence';
import { count, plural } from './format';
import {
  beats,
  correctedAway,
  hurts,
  inconclusive,
  lostRuns,
  noBeats,
  soFar,
  tooFew,
  unlisted,
  wording,
} from './sentences';
import { examplesToSettle, seedsToSettle } from './settle';
import { interval, type Interval, type Variation } from './statistics';
import type { VerdictToken } from './summary';

/**
 * The rule, in its order: none (ended early, no comparison, unequal steps, an unlisted look, unfinished, deleted runs), too
 * few, HURTS (upper < 0), NO BEATS (upper < g), BEATS (lower > 0), else INCONCLUSIVE. HURTS and BEATS are corrected by Holm.
 */
export function reachVerdict(evidence: Evidence): Verdict {
  const { unequalSteps, mean, variation, pairedSeeds, examples, look } = evidence;
  if (evidence.ended !== null)
    return none(
      `Ended by successive halving at step ${count(evidence.ended)}: others were better on validation.`,
    );
  if (!evidence.hasScratch) return none('There is no scratch student to compare with.');
  if (unequalSteps) {
    const { scratch, distilled } = unequalSteps;
    return none(`Scratch ran ${plural(scratch, 'step')}, distilled ${count(distilled)}.`);
  }
  if (evidence.unlisted) return none(unlisted);
  if (!evidence.complete) return none(soFar(evidence));
  if (evidence.lostRuns > 0) return none(lostRuns(evidence));
  if (mean === null || variation === null || !isEnough({ seeds: pairedSeeds, examples }))
    return reached('INCONCLUSIVE', tooFew(evidence));
  const judged = judge(mean, variation, evidence);
  return look > 1 ? { ...judged, sentence: `Look ${look}: ${judged.sentence}` } : judged;
}

function judge(mean: number, variation: Variation, evidence: Evidence): Verdict {
  const { minGain, look, pHolm } = evidence;
  const level = levelOf(look);
  const shown = interval(mean, variation, level);
  const words = wording(mean, shown, evidence);
  const excludesGain = (i: Interval) => i.high * 100 < minGain;
  const isClear = pHolm === null || pHolm < 1 - level;
  if (shown.high < 0 && isClear) return reached('HURTS', hurts(words, evidence), shown);
  if (excludesGain(shown)) return reached('NO BEATS', noBeats(words, evidence), shown);
  if (shown.low > 0 && isClear) return reached('BEATS', beats(words, evidence), shown);
  if (shown.low > 0 || shown.high < 0) return reached('INCONCLUSIVE', correctedAway(words, evidence), shown);
  // Added seeds or examples mean another look, with its wider interval.
  const settled = (i: Interval) => excludesGain(i) || i.low > 0 || i.high < 0;
  const enough = {
    seedsToSettle: seedsToSettle(mean, variation, levelOf(look + 1), settled),
    examplesToSettle: examplesToSettle(mean, variation, levelOf(look + 1), settled),
  };
  return { ...reached('INCONCLUSIVE', inconclusive(words, enough, evidence), shown), ...enough };
}

const reached = (verdict: VerdictToken | null, sentence: string, shown: Interval | null = null): Verdict => ({
  verdict,
  sentence,
  interval: shown,
  seedsToSettle: null,
  examplesToSettle: null,
});

const none = (sentence: string): Verdict => reached(null, sentence);
