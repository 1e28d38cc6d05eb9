import type { Disposable, LogOutputChannel } from 'vscode';
import { duration } from '../results/format';
import type { Store } from './store/store';
import { runTitle, statusOf, type ExperimentView } from './store/views';

/** Writes down what becomes of experiments and runs, wherever they were started. */
export function keepLogbook(store: Store, log: LogOutputChannel): Disposable {
  const said = new Map<string, { state: string; since: number }>();
  const note = (key: string, name: string, state: string, more: string | null) => {
    const before = said.get(key);
    if (before?.state === state) return;
    said.set(key, { state, since: Date.now() });
    if (!before) return;
    const after = duration((Date.now() - before.since) / 1000);
    log.info(`${name}: ${before.state} → ${state} after ${after}${more === null ? '' : `: ${more}`}`);
  };
  const noteAll = (view: ExperimentView) => {
    note(view.key, view.name, view.state, null);
    for (const run of view.runs)
      note(run.id, `${view.name}, ${runTitle(run)}`, statusOf(run), run.state.message);
  };
  return store.onDidChange((view) => (view ? [view] : store.experiments).forEach(noteAll));
}
