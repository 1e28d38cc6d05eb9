import { useRef } from 'preact/hooks';
import { type Tab, tabs } from '../../../src/messages';

const titles: Record<Tab, string> = {
  overview: 'Overview',
  losses: 'Losses',
  temperature: 'Temperature',
  compare: 'Compare',
  classes: 'Classes',
  run: 'Run',
};

/** Arrow keys, Home and End go from tab to tab. */
export function Tabs({ tab, open }: { tab: Tab; open: (tab: Tab) => void }) {
  const list = useRef<HTMLDivElement>(null);
  const keys = (event: KeyboardEvent) => {
    const at = tabs.indexOf(tab);
    const to = {
      ArrowLeft: (at + tabs.length - 1) % tabs.length,
      ArrowRight: (at + 1) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    }[event.key];
    const next = to === undefined ? undefined : tabs[to];
    if (next === undefined) return;
    event.preventDefault();
    open(next);
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="Pages" ref={list} onKeyDown={keys}>
      {tabs.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`tab-${name}`}
          aria-selected={name === tab}
          {...(name === tab && { 'aria-controls': `page-${name}` })}
          tabIndex={name === tab ? 0 : -1}
          onClick={() => {
            open(name);
          }}
        >
          {titles[name]}
        </button>
      ))}
    </div>
  );
}
