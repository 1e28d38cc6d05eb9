import { useEffect, useRef, useState } from 'preact/hooks';
import type { Snapshot } from '../src/messages';

const DIGITS_MS = 500;

/** A snapshot for text: it changes at most twice a second, and at once where the state or the run does. */
export function useCalm(snapshot: Snapshot | null): Snapshot | null {
  const [calm, setCalm] = useState(snapshot);
  const shownAt = useRef(0);
  const newest = useRef(snapshot);
  newest.current = snapshot;
  useEffect(() => {
    const show = () => {
      shownAt.current = performance.now();
      setCalm(newest.current);
    };
    const left = DIGITS_MS - (performance.now() - shownAt.current);
    if (left <= 0 || snapshot?.state !== calm?.state || snapshot?.shown !== calm?.shown) {
      show();
      return;
    }
    // Each snapshot resets the timer to the same moment, so that the last one of a burst is never dropped.
    const timer = setTimeout(show, left);
    return () => {
      clearTimeout(timer);
    };
  }, [snapshot]);
  return calm;
}

/** Text of the live region: the state when it changes, and each further quarter of the plan. */
export function announcement(snapshot: Snapshot): string {
  const quarters = Math.floor(snapshot.planDone * 4 + 1e-9) * 25;
  if (snapshot.state === 'running' && quarters > 0) return `running, ${quarters} % of the plan done`;
  return snapshot.state === 'running' ? 'running' : snapshot.stateText;
}
