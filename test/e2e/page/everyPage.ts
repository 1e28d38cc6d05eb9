import type { Snapshot } from '../../../src/messages';
import type { ArmSummary } from '../../../src/results/summary';
import { laboratory } from '../../fixtures/laboratory';
import { finished, running } from '../../fixtures/snapshots';
import { sweep } from '../../fixtures/sweepSnapshot';
import { classes } from './classesOf';

export const pages = ['Overview', 'Losses', 'Temperature', 'Compare', 'Classes', 'Run'] as const;

const whole = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  laboratory: { ...laboratory(), run: snapshot.shown },
  classes: classes(10, true),
});

/** A snapshot in which no page is empty. */
export const full = (): Snapshot => whole(finished());
export const fullSweep = (): Snapshot => whole(sweep());
/** With networks so large that the ticks of their sizes are long. */
export function fullLarge(): Snapshot {
  const snapshot = fullSweep();
  const { summary } = snapshot;
  const grown = (arm: ArmSummary): ArmSummary => ({
    ...arm,
    parameters: arm.parameters && 300 * arm.parameters,
    bytes: arm.bytes && 300 * arm.bytes,
  });
  return {
    ...snapshot,
    summary: summary && {
      ...summary,
      teacher: summary.teacher && grown(summary.teacher),
      scratch: summary.scratch && grown(summary.scratch),
      otherScratches: summary.otherScratches.map(grown),
      arms: summary.arms.map(grown),
    },
  };
}
export const fullRunning = (): Snapshot => whole(running());
