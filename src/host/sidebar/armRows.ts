import { l10n } from 'vscode';
import { plural, spread } from '../../results/format';
import { statusOf, type ExperimentView } from '../store/views';
import type { Node } from './nodes';
import { row, type Row } from './row';

export function armRow(view: ExperimentView, arm: Extract<Node, { kind: 'arm' }>): Row {
  const { runs, inFile } = arm;
  const finished = runs.filter((run) => statusOf(run) === 'finished');
  const running = runs.some((run) => statusOf(run) === 'running');
  const summary = [
    view.summary?.scratch,
    ...(view.summary?.otherScratches ?? []),
    ...(view.summary?.arms ?? []),
  ].find((one) => one?.slug === arm.arm);
  const value = summary?.test ?? summary?.validation;
  const examples = summary?.test ? view.summary?.examples.test : view.summary?.examples.validation;
  const seeds =
    finished.length === runs.length
      ? plural(runs.length, 'seed')
      : l10n.t('{0} of {1}', finished.length, plural(runs.length, 'seed'));
  const parts = [
    inFile ? null : l10n.t('no longer in the file'),
    seeds,
    inFile && value && examples && finished.length === runs.length
      ? `${summary?.test ? l10n.t('test') : l10n.t('val')} ${spread(value, examples, runs.length)}`
      : null,
  ];
  return row({
    label: arm.title,
    description: parts.filter(Boolean).join(' · '),
    icon: 'layers',
    colour: null,
    context: ['arm', running ? 'running' : '', finished.length > 0 ? 'finished' : '', inFile ? '' : 'old']
      .filter(Boolean)
      .join(' '),
  });
}

/** All cells of a sweep. */
export function sweepRow({ view, cells, runs }: Extract<Node, { kind: 'sweep' }>): Row {
  const finished = runs.filter((run) => statusOf(run) === 'finished').length;
  const running = runs.some((run) => statusOf(run) === 'running');
  const winner = view.arms.find(({ slug }) => slug === view.summary?.sweep?.winner)?.title;
  const parts = [
    plural(cells, 'cell'),
    l10n.t('{0} of {1}', finished, plural(runs.filter((run) => !run.ended).length, 'run')),
    winner === undefined ? null : l10n.t('best on validation: {0}', winner),
  ];
  return row({
    label: l10n.t('Sweep'),
    description: parts.filter(Boolean).join(' · '),
    icon: 'table',
    colour: null,
    context: ['sweep', running ? 'running' : ''].filter(Boolean).join(' '),
  });
}
