/** All of @vscode/webview-ui-toolkit that the page uses, as components. */
import {
  type Dropdown as DropdownElement,
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
} from '@vscode/webview-ui-toolkit';
import { type ComponentChildren, h } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from './parts/shared/icon';

export const registerToolkit = () =>
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeDropdown(), vsCodeOption());

export const Button = (props: {
  icon?: string;
  primary?: boolean;
  disabled?: boolean;
  onClick: () => void;
  children: ComponentChildren;
}) =>
  h(
    'vscode-button',
    {
      appearance: props.primary ? 'primary' : 'secondary',
      disabled: props.disabled ?? false,
      onClick: () => {
        if (!props.disabled) props.onClick();
      },
    },
    props.icon !== undefined && h('span', { slot: 'start' }, h(Icon, { name: props.icon })),
    props.children,
  );

/** A `<label>` does not name the toolkit's dropdown, which needs its own accessible name. */
export function Dropdown(props: {
  label: string;
  options: readonly { value: string; title: string }[];
  value: string;
  onChange: (value: string) => void;
  class?: string;
}) {
  const element = useRef<DropdownElement>(null);
  const ids = props.options.map((o) => o.value).join('\n');
  useEffect(() => {
    // The options are upgraded after the list; only then can one of them be selected.
    if (element.current && element.current.value !== props.value) element.current.value = props.value;
  }, [props.value, ids]);
  return h(
    'vscode-dropdown',
    {
      ref: element,
      class: props.class ?? '',
      'aria-label': props.label,
      onChange: () => {
        const chosen = element.current?.value;
        if (chosen !== undefined && chosen !== props.value) props.onChange(chosen);
      },
    },
    // The toolkit shows the text that the option had when it was chosen, also where that has changed since.
    h(
      'span',
      { slot: 'selected-value' },
      props.options.find(({ value }) => value === props.value)?.title ?? '',
    ),
    props.options.map((option) =>
      h('vscode-option', { key: option.value, value: option.value }, option.title),
    ),
  );
}
