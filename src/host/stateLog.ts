import type { Disposable, LogOutputChannel } from 'vscode';
import { duration } from '../results/format';
import type { Store } from './store/store';
import { runTitle, statusOf, type ExperimentView } from './store/views';

/** Logs every change of state of experiments and runs, wherever they were started. */
export function registerStateLog(store: Store, log: LogOutputChannel): Disposable {
  const states = new Map<string, { state: string; since: number }>();
  const logChange = (key: string, name: string, state: string, more: string | null) => {
    const before = states.get(key);
    if (before?.state === state) return;
    states.set(key, { state, since: Date.now() });
    if (!before) return;
    const after = duration((Date.now() - before.since) / 1000);
    log.info(`${name}: ${before.state} → ${state} after ${after}${more === null ? '' : `: ${more}`}`);
  };
  const logAll = (view: ExperimentView) => {
    logChange(view.key, view.name, view.state, null);
    for (const run of view.runs)
      logChange(run.id, `${view.name}, ${runTitle(run)}`, statusOf(run), run.state.message);
  };
  return store.onDidChange((view) => (view ? [view] : store.experiments).forEach(logAll));
}
