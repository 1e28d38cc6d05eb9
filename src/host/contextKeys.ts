import { commands, type Disposable } from 'vscode';
import type { Store } from './store/store';
import { isActive, statusOf } from './store/views';

/** What menus and welcome texts ask for. */
export function keepContextKeys(store: Store): Disposable {
  const said = new Map<string, boolean>();
  const say = (key: string, value: boolean) => {
    if (said.get(key) === value) return;
    said.set(key, value);
    void commands.executeCommand('setContext', `distillery.${key}`, value);
  };
  return store.onDidChange(() => {
    const { experiments } = store;
    say('hasExperiment', experiments.length > 0);
    say('running', experiments.some(isActive));
    say(
      'hasFinished',
      experiments.some((view) =>
        view.runs.some((run) => run.kind !== 'teacher' && statusOf(run) === 'finished'),
      ),
    );
  });
}
