import type { ArmSummary } from '../../../src/results/summary';

/** ◆ teacher, ○ scratch, ● distilled: the sign that goes with each colour. */
export const Mark = ({ kind }: { kind: ArmSummary['kind'] }) => (
  <svg class={`mark ${kind}`} width="11" height="11" viewBox="-6 -6 12 12" aria-hidden="true">
    {kind === 'teacher' ? <path d="M0 -5L5 0L0 5L-5 0Z" /> : <circle r={kind === 'scratch' ? 3.6 : 4.4} />}
  </svg>
);
