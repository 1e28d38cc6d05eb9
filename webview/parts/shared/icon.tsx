import type { ArmSummary } from '../../../src/results/summary';

/** A codicon; decoration only, so a word is always next to it or in the button's label. */
export const Icon = ({ name, spin = false, tone }: { name: string; spin?: boolean; tone?: string }) => (
  <span class={`codicon codicon-${name}${spin ? ' spin' : ''}${tone ? ` ${tone}` : ''}`} aria-hidden="true" />
);

/** A button that is only an icon. */
export const IconButton = (props: {
  icon: string;
  label: string;
  onClick: () => void;
  pressed?: boolean;
}) => (
  <button
    type="button"
    class="icon-button"
    aria-label={props.label}
    title={props.label}
    {...(props.pressed !== undefined && { 'aria-pressed': props.pressed })}
    onClick={props.onClick}
  >
    <Icon name={props.icon} />
  </button>
);

/** ◆ teacher, ○ scratch, ● distilled: the sign that goes with each colour. */
export const Mark = ({ kind }: { kind: ArmSummary['kind'] }) => (
  <svg class={`mark ${kind}`} width="11" height="11" viewBox="-6 -6 12 12" aria-hidden="true">
    {kind === 'teacher' ? <path d="M0 -5L5 0L0 5L-5 0Z" /> : <circle r={kind === 'scratch' ? 3.6 : 4.4} />}
  </svg>
);
