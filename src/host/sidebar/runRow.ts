import { l10n } from 'vscode';
import type { RunStatus } from '../../results/summary';
import { accuracy, count, duration, loss, percent, remaining } from '../../results/format';
import { termsOfRun } from '../../methods/ofRun';
import { own } from '../../own';
import { runLeft } from '../store/time';
import {
  inPlan,
  runTitle,
  shareDone,
  statusOf,
  stepsDone,
  validationOf,
  type ExperimentView,
  type RunView,
} from '../store/views';
import type { Node } from './nodes';
import { colours, row, type Look, type Row } from './row';

export const statusLook: Record<RunStatus, Look> = {
  queued: { icon: 'circle-large-outline', colour: null },
  running: { icon: 'sync~spin', colour: colours.blue },
  finished: { icon: 'pass', colour: colours.green },
  stopped: { icon: 'circle-slash', colour: null },
  paused: { icon: 'debug-pause', colour: null },
  interrupted: { icon: 'debug-disconnect', colour: colours.yellow },
  failed: { icon: 'error', colour: colours.red },
};

/** The status of a run with its most useful number. */
export function statusText(view: ExperimentView, run: RunView): string {
  const status = statusOf(run);
  const done = percent(Math.floor(shareDone(run) * 100) / 100);
  switch (status) {
    case 'queued':
      return statusWord(status);
    case 'running': {
      const left = runLeft(run);
      return left === null ? done : l10n.t('{0} · {1} left', done, remaining(left));
    }
    case 'finished': {
      const value = validationOf(run);
      const examples = run.spec?.data.counts.validation ?? view.summary?.examples.validation ?? 100;
      const seconds = run.result ? ` · ${duration(run.result.trainingSeconds)}` : '';
      return value === null
        ? statusWord(status)
        : `${l10n.t('val {0}', accuracy(value, examples))}${run.kind === 'teacher' ? '' : seconds}`;
    }
    case 'stopped':
      return l10n.t('stopped at {0}', done);
    case 'paused':
      return run.ended ? l10n.t('ended by successive halving at {0}', done) : l10n.t('paused at {0}', done);
    case 'interrupted':
      return l10n.t('interrupted at {0}', done);
    case 'failed':
      return run.state.message?.split('\n')[0] ?? statusWord(status);
  }
}

export function statusWord(status: RunStatus): string {
  switch (status) {
    case 'queued':
      return l10n.t('queued');
    case 'running':
      return l10n.t('running');
    case 'finished':
      return l10n.t('finished');
    case 'stopped':
      return l10n.t('stopped');
    case 'paused':
      return l10n.t('paused');
    case 'interrupted':
      return l10n.t('interrupted');
    case 'failed':
      return l10n.t('failed');
  }
}

/** Name and value of everything known about a run. */
export function runTooltip(run: RunView): [string, string][] {
  const { history, spec, result } = run;
  const value = validationOf(run);
  const terms = spec && termsOfRun(spec.method);
  const rows: [string, string | null][] = [
    [l10n.t('Status'), statusWord(statusOf(run))],
    [l10n.t('Step'), spec ? l10n.t('{0} of {1}', count(stepsDone(run)), count(spec.steps)) : null],
    ...Object.entries(history.latestRaw).map(([term, raw]): [string, string] => [
      l10n.t('Loss: {0}', own(terms, term)?.title ?? term),
      loss(raw),
    ]),
    [l10n.t('Validation'), value === null ? null : accuracy(value, spec?.data.counts.validation ?? 100)],
    [l10n.t('Engine'), run.file?.numerics.engine ?? null],
    [l10n.t('Training'), result ? duration(result.trainingSeconds) : null],
    [
      l10n.t('Started'),
      history.startTime === null ? null : new Date(history.startTime).toISOString().replace('T', ' '),
    ],
    [l10n.t('Message'), run.state.message],
  ];
  return rows.filter((line): line is [string, string] => line[1] !== null);
}

/** `ofCell`: the row is listed among those of other arms. */
export function seedRow(view: ExperimentView, run: RunView, ofCell: boolean): Row {
  const status = statusOf(run);
  const description = statusText(view, run);
  const label = ofCell ? runTitle(run) : l10n.t('seed {0}', run.seed);
  return row({
    label,
    description,
    ...statusLook[status],
    context: ['seed', status, inPlan(run) ? '' : 'old'].filter(Boolean).join(' '),
    tooltip: runTooltip(run),
    accessible: `${label}, ${statusWord(status)}${description === statusWord(status) ? '' : `, ${description}`}`,
    opens: 'panel',
  });
}

export function foldedRow({ status, runs }: Extract<Node, { kind: 'folded' }>): Row {
  return row({
    label: `${count(runs.length)} ${statusWord(status)}`,
    description: '',
    ...statusLook[status],
    context: `folded ${status}`,
  });
}
