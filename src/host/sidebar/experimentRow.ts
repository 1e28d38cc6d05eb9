import { l10n } from 'vscode';
import { plural, pointsWithUnit, roughly, verdictWord } from '../../results/format';
import type { VerdictToken } from '../../results/summary';
import { isActive, phaseName, trainingsOf, type ExperimentView } from '../store/views';
import { colours, row, type Look, type Row } from './row';

const verdictLook: Record<VerdictToken, Look> = {
  BEATS: { icon: 'pass-filled', colour: colours.green },
  'NO BEATS': { icon: 'circle-slash', colour: colours.red },
  HURTS: { icon: 'arrow-circle-down', colour: colours.red },
  INCONCLUSIVE: { icon: 'question', colour: colours.yellow },
};

export function experimentRow(view: ExperimentView): Row {
  const verdict = isActive(view) ? undefined : verdictOf(view);
  return row({
    label: view.name,
    description: experimentDescription(view),
    ...(verdict?.verdict ? verdictLook[verdict.verdict] : { icon: 'beaker', colour: null }),
    tooltip: [
      [l10n.t('File'), view.key],
      ...(view.engine ? [[l10n.t('Engine'), view.engine.why] as [string, string]] : []),
      ...(verdict ? [[verdictWord(verdict), verdict.sentence] as [string, string]] : []),
    ],
    context: ['experiment', isActive(view) ? 'running' : view.state, view.runnable ? 'file' : 'folder'].join(
      ' ',
    ),
    opens: 'panel',
  });
}

/** The headline comparison, once the test set is open. */
function verdictOf(view: ExperimentView) {
  return view.summary?.part === 'test'
    ? view.summary.comparisons.find((comparison) => comparison.primary)
    : undefined;
}

function experimentDescription(view: ExperimentView): string {
  const { done: finished, all } = trainingsOf(view);
  if (view.unread) return l10n.t('workspace not trusted');
  switch (view.state) {
    case 'running':
      if (view.phase !== null) return phaseName(view.phase);
      return l10n.t('{0} of {1} done', finished, plural(all, 'training'));
    case 'stopping':
      return l10n.t('stopping…');
    case 'empty':
      return l10n.t('not run yet');
    case 'failed':
    case 'interrupted':
    case 'stopped': {
      const words = {
        failed: l10n.t('failed'),
        interrupted: l10n.t('interrupted'),
        stopped: l10n.t('stopped'),
      };
      return l10n.t('{0}, {1} of {2} done', words[view.state], finished, all);
    }
    case 'finished': {
      const verdict = verdictOf(view);
      const missing = view.missing > 0 ? ` · ${l10n.t('{0} to run', view.missing)}` : '';
      return verdict?.mean === undefined || verdict.mean === null
        ? l10n.t('{0} of {1} done', finished, all)
        : `${verdictWord(verdict)} ${pointsWithUnit(verdict.mean, verdict.decimals)}${missing}`;
    }
  }
}

export function startRow(view: ExperimentView): Row {
  const label = l10n.t('Run {0}', plural(view.missing, 'training'));
  const description = view.estimate === null ? '' : l10n.t('about {0}', roughly(view.estimate));
  return row({
    label,
    description,
    icon: 'play',
    colour: 'textLink.foreground',
    context: 'start',
    opens: 'run',
  });
}
