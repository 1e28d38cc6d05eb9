import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icon';

/** A small menu under a button: arrow keys move, Escape closes and gives the focus back. */
export function Menu(props: {
  icon: string;
  label: string;
  /** Say the label in the button, too. */
  text?: boolean;
  items: { title: string; run: () => void }[];
  open: boolean;
  onOpen: (open: boolean) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [at, setAt] = useState(0);
  useEffect(() => {
    if (props.open) box.current?.querySelectorAll<HTMLElement>('[role=menuitem]')[at]?.focus();
  }, [props.open, at]);
  const close = (focus: boolean) => {
    props.onOpen(false);
    setAt(0);
    if (focus) button.current?.focus();
  };
  const keys = (event: KeyboardEvent) => {
    const count = props.items.length;
    const moves: Record<string, number> = {
      ArrowDown: (at + 1) % count,
      ArrowUp: (at + count - 1) % count,
      Home: 0,
      End: count - 1,
    };
    const to = moves[event.key];
    if (event.key === 'Escape') close(true);
    else if (to !== undefined) setAt(to);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      class="menu"
      ref={box}
      onFocusOut={(event) => {
        if (props.open && !box.current?.contains(event.relatedTarget as Node | null)) close(false);
      }}
    >
      <button
        ref={button}
        type="button"
        class={props.text ? 'text-button' : 'icon-button'}
        aria-haspopup="menu"
        aria-expanded={props.open}
        {...(!props.text && { 'aria-label': props.label, title: props.label })}
        onClick={() => {
          props.onOpen(!props.open);
        }}
      >
        <Icon name={props.icon} /> {props.text && props.label}
      </button>
      {props.open && (
        <div role="menu" aria-label={props.label} onKeyDown={keys}>
          {props.items.map((item) => (
            <button
              key={item.title}
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() => {
                close(true);
                item.run();
              }}
            >
              {item.title}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
