import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { HostMessage, Snapshot, Tab } from '../src/messages';
import type { Exporter } from './chart/export';
import { type ChartKit, KitContext } from './chart/kit';
import { type Host, connect } from './host';
import { useCalm } from './live';
import { Classes } from './pages/classes';
import { Compare } from './pages/compare';
import { Overview } from './pages/overview';
import { Losses } from './pages/losses';
import { Run } from './pages/run';
import { Temperature } from './pages/temperature';
import { Header } from './parts/app/header';
import { Problems } from './parts/app/problems';
import { Tabs } from './parts/app/tabs';
import { resultsCsv } from './models/resultsCsv';
import { type PageState, restoreState } from './state';
import { onThemeChange, readPalette } from './theme';
import type { View } from './view';

const pages = {
  overview: Overview,
  losses: Losses,
  temperature: Temperature,
  compare: Compare,
  classes: Classes,
  run: Run,
};

/** Owns the page's state: the newest snapshot, the user's choices, the colours. Everything else is derived. */
export function App() {
  const [snapshot, setSnapshot] = useState<Snapshot | null>(null);
  const [palette, setPalette] = useState(readPalette);
  const exporter = useRef<Exporter | null>(null);
  const newest = useRef<Snapshot | null>(null);
  const host = useRef<Host | null>(null);

  const receive = (message: HostMessage) => {
    switch (message.type) {
      case 'snapshot':
        newest.current = message.snapshot;
        setSnapshot(message.snapshot);
        return;
      case 'exportChart':
        void exporter.current?.(message.format).then((answer) => {
          if (answer) host.current?.post(answer);
        });
        return;
      case 'open':
        setState((old) => ({ ...old, tab: message.tab }));
        return;
      case 'exportTable':
        if (newest.current?.summary)
          host.current?.post({
            type: 'saveText',
            name: `${newest.current.experiment}-results.csv`,
            text: resultsCsv(newest.current.summary),
          });
    }
  };
  host.current ??= connect(receive);
  const { post, remember, ready, remembered } = host.current;
  const [state, setState] = useState(() => restoreState(remembered));

  useEffect(() => {
    onThemeChange(() => {
      setPalette(readPalette());
    });
    if (state.run !== null || state.overlays.length > 0)
      post({ type: 'select', run: state.run, overlays: state.overlays });
    ready();
  }, []);
  useEffect(() => {
    post({ type: 'tab', tab: state.tab });
  }, [state.tab]);
  // The host decides which experiment and run are shown; the page saves them for the next time.
  const file = snapshot ? snapshot.file : state.file;
  const run = snapshot ? snapshot.selected : state.run;
  const compared = snapshot ? snapshot.others.map(({ id }) => id) : state.compared;
  useEffect(() => {
    remember({ ...state, file, run, compared });
  }, [state, file, run, compared.join()]);

  const change = (part: Partial<PageState>) => {
    setState((old) => ({ ...old, ...part }));
    if (part.run !== undefined || part.overlays !== undefined)
      post({ type: 'select', run: part.run ?? run, overlays: part.overlays ?? state.overlays });
  };
  const kit = useMemo<ChartKit>(
    () => ({
      palette,
      zoom: state.zoom,
      setZoom: (id, range) => {
        setState((old) => {
          const { [id]: _, ...others } = old.zoom;
          return { ...old, zoom: range ? { ...others, [id]: range } : others };
        });
      },
      tables: state.tables,
      toggleTable: (id) => {
        setState((old) => ({
          ...old,
          tables: old.tables.includes(id) ? old.tables.filter((t) => t !== id) : [...old.tables, id],
        }));
      },
      use: (last) => {
        exporter.current = last;
      },
      post,
    }),
    [palette, state.zoom, state.tables],
  );

  const calm = useCalm(snapshot);
  if (!snapshot || !calm) return <p class="empty">Reading the experiment…</p>;
  const view: View = {
    snapshot,
    calm,
    state,
    change,
    open: (tab: Tab) => {
      change({ tab });
    },
    command: (command, run = null, argument = null) => {
      post({ type: 'command', command, run, argument });
    },
    post,
  };
  const Page = pages[state.tab];
  return (
    <KitContext.Provider value={kit}>
      <Problems view={view} />
      <Header view={view} />
      <Tabs tab={state.tab} open={view.open} />
      <main>
        <div role="tabpanel" id={`page-${state.tab}`} aria-labelledby={`tab-${state.tab}`}>
          <Page key={state.tab} view={view} />
        </div>
      </main>
    </KitContext.Provider>
  );
}
