import { isEnough, levelOf, type Evidence, type Verdict } from './evidence';
import { beats, correctedAway, inconclusive, noBeats, soFar, tooFew, wording } from './sentences';
import { count } from './format';
import { examplesToSettle, seedsToSettle } from './settle';
import { interval, type Interval, type Variation } from './statistics';

/**
 * The rule, in its order: ended early, no comparison, unfinished, too few, NO BEATS (upper < g), BEATS (lower > 0), else
 * INCONCLUSIVE.
 */
export function reachVerdict(evidence: Evidence): Verdict {
  const { unequalSteps, mean, variation, pairedSeeds, examples, look } = evidence;
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
  if (mean === null || variation === null || !isEnough({ seeds: pairedSeeds, examples }))
    return open(tooFew(evidence));
  const judged = judge(mean, variation, evidence);
  return look > 1 ? { ...judged, sentence: `Look ${look}: ${judged.sentence}` } : judged;
}

function judge(mean: number, variation: Variation, evidence: Evidence): Verdict {
  const { minGain, look, pHolm } = evidence;
  const level = levelOf(look);
  const shown = interval(mean, variation, level);
  const words = wording(mean, shown, evidence);
  const excludesGain = (i: Interval) => i.high * 100 < minGain;
  if (excludesGain(shown)) return { ...open(noBeats(words, evidence), shown), verdict: 'NO BEATS' };
  if (shown.low > 0 && (pHolm === null || pHolm < 1 - level))
    return { ...open(beats(words, evidence), shown), verdict: 'BEATS' };
  if (shown.low > 0) return open(correctedAway(words, evidence), shown);
  // What is added is another look, with the wider interval of one.
  const settled = (i: Interval) => excludesGain(i) || i.low > 0;
  const enough = {
    seedsToSettle: seedsToSettle(mean, variation, levelOf(look + 1), settled),
    examplesToSettle: examplesToSettle(mean, variation, levelOf(look + 1), settled),
  };
  return { ...open(inconclusive(words, enough, evidence), shown), ...enough };
}

const open = (sentence: string, shown: Interval | null = null): Verdict => ({
  verdict: 'INCONCLUSIVE',
  sentence,
  interval: shown,
  seedsToSettle: null,
  examplesToSettle: null,
});
