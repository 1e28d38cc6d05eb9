import { l10n, StatusBarAlignment, window, type Disposable, type StatusBarItem } from 'vscode';
import { percent, remaining } from '../results/format';
import { EXPERIMENTS_VIEW } from './sidebar/tree';
import type { Store } from './store/store';
import { planDone, planLeft } from './store/time';
import { isActive, phaseName, type ExperimentView } from './store/views';

/** While something runs: the progress bar of the view, and a status bar item with progress and time left that opens the panel. */
export function registerProgress(store: Store): Disposable {
  const item = window.createStatusBarItem('distillery.progress', StatusBarAlignment.Right, 100);
  item.name = l10n.t('Distillery');
  let endBar: (() => void) | null = null;
  const show = () => {
    const active = store.experiments.filter(isActive);
    if (active.length > 0) endBar ??= beginBar();
    else {
      endBar?.();
      endBar = null;
    }
    showItem(item, active);
  };
  const subscription = store.onDidChange(show);
  return {
    dispose: () => {
      subscription.dispose();
      endBar?.();
      item.dispose();
    },
  };
}

function beginBar(): () => void {
  let end: () => void = () => undefined;
  void window.withProgress(
    { location: { viewId: EXPERIMENTS_VIEW } },
    () => new Promise<void>((resolve) => (end = resolve)),
  );
  return () => end();
}

function showItem(item: StatusBarItem, active: readonly ExperimentView[]): void {
  const [view, ...others] = active;
  if (!view) {
    item.hide();
    return;
  }
  item.text = `$(sync~spin) ${progressText(view)}${others.length > 0 ? ` +${others.length}` : ''}`;
  item.tooltip = active.map(progressText).join('\n');
  item.accessibilityInformation = { label: l10n.t('Distillery: {0}', active.map(progressText).join(', ')) };
  item.command = {
    command: 'distillery.openPanel',
    title: l10n.t('Open Experiment Panel'),
    arguments: [{ experiment: view.key }],
  };
  item.show();
}

function progressText(view: ExperimentView): string {
  if (view.state === 'stopping') return l10n.t('{0} stopping…', view.name);
  if (view.phase !== null) return `${view.name} · ${phaseName(view.phase)}`;
  const left = planLeft(view);
  const done = `${view.name} ${percent(Math.floor(planDone(view) * 100) / 100)}`;
  return left === null ? done : `${done} · ${remaining(left)}`;
}
