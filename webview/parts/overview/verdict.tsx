import { verdictWord } from '../../../src/results/format';
import type { Snapshot } from '../../../src/messages';
import type { Check, Comparison, VerdictToken } from '../../../src/results/summary';
import type { View } from '../../view';
import { Button } from '../../toolkit';
import { Icon } from '../shared/icon';
import { PairedPlot } from './pairedPlot';
import { Rich } from '../shared/rich';

const verdictIcons: Record<VerdictToken, { icon: string; tone: string }> = {
  BEATS: { icon: 'pass-filled', tone: 'good' },
  'NO BEATS': { icon: 'circle-slash', tone: 'bad' },
  HURTS: { icon: 'arrow-circle-down', tone: 'bad' },
  INCONCLUSIVE: { icon: 'question', tone: 'open' },
};

export const verdictLook = ({ verdict }: Pick<Comparison, 'verdict'>) =>
  verdict === null ? { icon: 'circle-large-outline', tone: '' } : verdictIcons[verdict];

const checkIcons: Record<Check['state'], { icon: string; tone: string; word: string }> = {
  ok: { icon: 'check', tone: 'good', word: '' },
  pending: { icon: 'circle-large-outline', tone: '', word: 'pending: ' },
  broken: { icon: 'error', tone: 'bad', word: 'failed: ' },
};

export const Checks = ({ checks }: { checks: readonly Check[] }) => (
  <ul class="checks" aria-label="Checks">
    {checks.map((check) => {
      const { icon, tone, word } = checkIcons[check.state];
      return (
        <li key={check.text} class={check.state}>
          <Icon name={icon} tone={tone} />{' '}
          {word && <span class={check.state === 'broken' ? '' : 'unseen'}>{word}</span>}
          {check.text}
        </li>
      );
    })}
  </ul>
);

/** The run that is shown, if it is a student; else the host asks which one. */
const shownStudent = ({ runs, shown }: Snapshot): string | null =>
  runs.some(({ id, kind }) => id === shown && kind !== 'teacher') ? shown : null;

/** The verdict: token, sentence, checks and actions. */
export function Verdict({ view, comparison }: { view: View; comparison: Comparison }) {
  const { calm: snapshot } = view;
  const { summary } = snapshot;
  if (!summary) return null;
  const { icon, tone } = verdictLook(comparison);
  const more = comparison.seedsToSettle === null ? 0 : comparison.seedsToSettle - summary.planned.seeds;
  const running = snapshot.state === 'running' || snapshot.state === 'stopping';
  // With a sweep it would be a value more of it, for its owner to choose.
  const offers = summary.complete && summary.sweep === null ? summary.offers : [];
  return (
    <section class={`verdict ${tone}`}>
      <div class="words">
        <h2 class="token">
          <Icon name={icon} tone={tone} /> {verdictWord(comparison)}
        </h2>
        <p class="sentence">
          <Rich text={comparison.sentence} />
        </p>
        <Checks checks={summary.checks} />
        {summary.afterLook.map((text) => (
          <p key={text} class="aside">
            {text}
          </p>
        ))}
        <div class="actions">
          {summary.complete && (
            <Button
              primary={comparison.verdict === 'BEATS'}
              onClick={() => {
                view.command('exportStudent', shownStudent(snapshot));
              }}
            >
              Export Student…
            </Button>
          )}
          {summary.complete && (
            <Button
              onClick={() => {
                view.command('openReport');
              }}
            >
              Open Report
            </Button>
          )}
          {!summary.complete && (
            <Button
              onClick={() => {
                view.open('losses');
              }}
            >
              Open Losses
            </Button>
          )}
          {comparison.verdict === 'INCONCLUSIVE' && summary.complete && !running && more > 0 && (
            <Button
              onClick={() => {
                view.command('addSeeds', null, more);
              }}
            >
              {`Add ${more} Seed${more === 1 ? '' : 's'}`}
            </Button>
          )}
          {offers.length > 0 && !running && (
            <Button
              onClick={() => {
                view.command('addAllLabels');
              }}
            >
              Add the Student with All Labels
            </Button>
          )}
        </div>
        {offers.map(({ id, text }) => (
          <p key={id} class="aside">
            {text}
          </p>
        ))}
      </div>
      <PairedPlot comparison={comparison} />
    </section>
  );
}
