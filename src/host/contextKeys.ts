import { commands, type Disposable } from 'vscode';
import type { Store } from './store/store';
import { isActive, statusOf } from './store/views';

/** Sets the context keys of menus and welcome views. */
export function registerContextKeys(store: Store): Disposable {
  const values = new Map<string, boolean>();
  const set = (key: string, value: boolean) => {
    if (values.get(key) === value) return;
    values.set(key, value);
    void commands.executeCommand('setContext', `distillery.${key}`, value);
  };
  return store.onDidChange(() => {
    const { experiments } = store;
    set('hasExperiment', experiments.length > 0);
    set('running', experiments.some(isActive));
    set(
      'hasFinished',
      experiments.some((view) =>
        view.runs.some((run) => run.kind !== 'teacher' && statusOf(run) === 'finished'),
      ),
    );
  });
}
