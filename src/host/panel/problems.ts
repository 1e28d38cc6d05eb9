import { l10n } from 'vscode';
import type { Problem } from '../../messages';
import { duration, percent } from '../../results/format';
import { notRead } from '../reader';
import { inPlan, runTitle, shareDone, statusOf, type ExperimentView, type RunView } from '../store/views';

const SILENCE = 45_000;
const SLOW_STEPS = 20;

/** Problems with their actions, for the banner of the panel and for notifications. */
export function problemsOf(view: ExperimentView, now: number): Problem[] {
  const ofFiles = view.diagnostics
    .filter((diagnostic) => diagnostic.severity === 'error')
    .slice(0, 3)
    .map(({ message }): Problem => ({
      severity: 'error',
      text: message,
      details: null,
      actions: [action(l10n.t('Open Config'), 'openConfig', null)],
    }));
  const runs = view.runnable ? view.runs.filter(inPlan) : view.runs;
  const unread = new Set([view.problem, ...view.runs.map((run) => run.problem)]);
  return [
    ...(view.unread ? [warning(notRead())] : []),
    ...ofFiles,
    ...[...unread].flatMap((text) => (text === null ? [] : warning(text))),
    ...runs.flatMap((run) => problemOf(run, now) ?? []),
  ];
}

const warning = (text: string): Problem => ({ severity: 'warning', text, details: null, actions: [] });

export function problemOf(run: RunView, now: number): Problem | null {
  switch (statusOf(run)) {
    case 'failed':
      return failed(run);
    case 'interrupted':
      return {
        severity: 'warning',
        text: `${runTitle(run)}: ${interruption(run)}`,
        details: null,
        actions: [action(l10n.t('Resume'), 'resume', run), action(l10n.t('Show Log'), 'openLog', run)],
      };
    case 'running':
      return stalled(run, now);
    case 'finished':
    case 'queued':
    case 'stopped':
    case 'paused':
      return null;
  }
}

function failed(run: RunView): Problem {
  const [first = '', ...rest] = (run.state.message ?? l10n.t('It failed without an error message.')).split(
    '\n',
  );
  const killed = run.state.cause === 'signal';
  return {
    severity: 'error',
    text: `${runTitle(run)}: ${first}`,
    details: rest.length > 0 ? rest.join('\n') : null,
    actions: [
      killed ? action(l10n.t('Resume'), 'resume', run) : action(l10n.t('Open Config'), 'openConfig', run),
      action(l10n.t('Show Log'), 'openLog', run),
    ],
  };
}

function interruption(run: RunView): string {
  const done = percent(shareDone(run));
  const { checkpoint } = run.history;
  return checkpoint === null
    ? l10n.t('Interrupted at {0}: its process is no longer running.', done)
    : l10n.t(
        'Interrupted at {0}: its process is no longer running. There is a checkpoint from step {1}.',
        done,
        checkpoint,
      );
}

/** Warns if there was no event for much longer than a step of this run usually takes. */
function stalled(run: RunView, now: number): Problem | null {
  const silence = now - (run.history.lastTime ?? run.state.time ?? now);
  const usual = run.history.pace.perStep;
  if (usual === null || silence < Math.max(SILENCE, SLOW_STEPS * usual)) return null;
  return {
    severity: 'warning',
    text: l10n.t(
      '{0}: no event for {1}; a step usually takes {2}.',
      runTitle(run),
      duration(silence / 1000),
      duration(usual / 1000),
    ),
    details: null,
    actions: [action(l10n.t('Show Log'), 'openLog', run), action(l10n.t('Stop'), 'stop', run)],
  };
}

const action = (title: string, command: Problem['actions'][number]['command'], run: RunView | null) => ({
  title,
  command,
  run: run?.id ?? null,
});
