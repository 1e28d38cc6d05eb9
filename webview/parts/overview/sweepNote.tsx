import { sweepText } from '../../../src/results/sweepText';
import type { SweepSummary, Summary } from '../../../src/results/summary';
import { Button } from '../../toolkit';
import type { View } from '../../view';

/** What the sweep searched and chose, and its optimism; its cells are on the Compare page. */
export function SweepNote({ view, summary, sweep }: { view: View; summary: Summary; sweep: SweepSummary }) {
  return (
    <section class="sweep-note">
      <h2>Sweep</h2>
      {sweepText(summary, sweep).map((text) => (
        <p key={text}>{text}</p>
      ))}
      <Button
        onClick={() => {
          view.open('compare');
        }}
      >
        Compare the Cells
      </Button>
    </section>
  );
}
