import { commands, l10n, Uri, window, type Disposable } from 'vscode';
import type { RunStatus } from '../results/summary';
import type { Host } from './host';
import { problemOf } from './panel/problems';
import { settings } from './settings';
import { isActive, statusOf, type ExperimentView, type RunView } from './store/views';

interface Seen {
  activeSince: number | null;
  statuses: Map<string, RunStatus>;
}

/** Notifies about runs that failed or were interrupted, and about the end of a long experiment whose panel is hidden. */
export function registerNotifications(host: Host): Disposable {
  const seen = new Map<string, Seen>();
  return host.store.onDidChange((changed) => {
    for (const view of changed ? [changed] : host.store.experiments) {
      const before = seen.get(view.key);
      seen.set(view.key, {
        activeSince: isActive(view) ? (before?.activeSince ?? Date.now()) : null,
        statuses: new Map(view.runs.map((run) => [run.id, statusOf(run)])),
      });
      // Only changes since the window was opened are reported; the sidebar shows earlier ones.
      if (!before) continue;
      const broken = view.runs.filter((run) => isNews(run, before.statuses.get(run.id)));
      if (broken[0]) void notifyProblem(view, broken[0], broken.length - 1);
      else if (before.activeSince !== null && view.state === 'finished')
        void notifyEnd(host, view, (Date.now() - before.activeSince) / 1000);
    }
  });
}

const isNews = (run: RunView, before: RunStatus | undefined) =>
  before !== undefined && before !== statusOf(run) && ['failed', 'interrupted'].includes(statusOf(run));

async function notifyProblem(view: ExperimentView, run: RunView, more: number): Promise<void> {
  const problem = problemOf(run, Date.now());
  if (!problem) return;
  const others = more > 0 ? ` ${l10n.t('({0} more)', more)}` : '';
  const show = problem.severity === 'error' ? window.showErrorMessage : window.showWarningMessage;
  const titles = problem.actions.map(({ title }) => title);
  const chosen = await show(`${view.name}: ${problem.text}${others}`, ...titles);
  const action = problem.actions.find(({ title }) => title === chosen);
  if (!action) return;
  if (action.command === 'openConfig') await commands.executeCommand('vscode.open', Uri.file(view.key));
  else await commands.executeCommand(`distillery.${action.command}`, { experiment: view.key, run: run.id });
}

async function notifyEnd(host: Host, view: ExperimentView, seconds: number): Promise<void> {
  const { notifyAfter } = settings();
  if (notifyAfter === 0 || seconds < notifyAfter || host.panels.isVisible(view.key)) return;
  const verdict = view.summary?.comparisons.find((comparison) => comparison.primary);
  const text = verdict
    ? `${[view.name, verdict.verdict].filter(Boolean).join(' ')}: ${verdict.sentence.replaceAll('**', '')}`
    : l10n.t('{0} has finished.', view.name);
  const open = l10n.t('Open Panel');
  if ((await window.showInformationMessage(text, open)) === open) host.panels.show(view.key, { focus: true });
}
