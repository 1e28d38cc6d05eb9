import { useState } from 'preact/hooks';
import { shownOf } from './models/curves';
import { stepAt, unitOf } from './models/steps';
import type { View } from './view';

/**
 * One cursor for all charts over steps: it follows the pointer until a click or a key pins it.
 * Kept as a step, so that it survives another unit of x.
 */
export function useCursor({ snapshot, state, change }: View) {
  const [hover, setHover] = useState<number | null>(null);
  const shown = shownOf(snapshot.curves);
  const step = hover ?? state.cursor;
  return {
    cursor: step === null || !shown ? null : unitOf(shown, state.xUnit)(step),
    onCursor: (x: number | null, how: 'hover' | 'keep') => {
      const at = x === null || !shown ? null : Math.round(stepAt(shown, state.xUnit, x));
      if (how === 'hover') setHover(at);
      else change({ cursor: at });
    },
  };
}
