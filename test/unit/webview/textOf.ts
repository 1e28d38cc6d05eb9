import type { ComponentChild, ComponentChildren, VNode } from 'preact';

/** An element of a page as it was written, its components called: those without hooks need no document for that. */
export type Element = VNode<{ children?: ComponentChildren }>;

const isList = (children: ComponentChildren): children is ComponentChild[] => Array.isArray(children);
const isElement = (child: ComponentChild): child is Element =>
  typeof child === 'object' && child !== null && 'type' in child;

function childrenOf({ type, props }: Element): ComponentChildren {
  return typeof type === 'function'
    ? (type as (all: typeof props) => ComponentChildren)(props)
    : props.children;
}

/** What somebody reads. */
export function textOf(children: ComponentChildren): string {
  if (isList(children)) return children.map(textOf).join('');
  if (isElement(children)) return textOf(childrenOf(children));
  return typeof children === 'string' || typeof children === 'number' ? String(children) : '';
}

/** Elements of a kind, e.g. "tr", in the order they are read. */
export function elements(children: ComponentChildren, kind: string): Element[] {
  if (isList(children)) return children.flatMap((child) => elements(child, kind));
  if (!isElement(children)) return [];
  return [...(children.type === kind ? [children] : []), ...elements(childrenOf(children), kind)];
}
