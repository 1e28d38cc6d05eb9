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
