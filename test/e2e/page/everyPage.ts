import type { Snapshot } from '../../../src/messages';
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
export const fullRunning = (): Snapshot => whole(running());
