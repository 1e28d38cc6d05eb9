import { basename } from 'node:path';
import { l10n } from 'vscode';
import type { VerdictToken } from '../../results/summary';
import { count, plural, pointsWithUnit, roughly, spread, verdictWord } from '../../results/format';
import {
  inPlan,
  isActive,
  phaseName,
  runTitle,
  statusOf,
  trainingsOf,
  type ExperimentView,
  type NetworkView,
  type RunView,
} from '../store/views';
import type { Node } from './nodes';
import { colours, runTooltip, statusLook, statusText, statusWord, type Look } from './runRow';

/** A tree item independent of VS Code, with the text for screen readers. */
export interface Row {
  label: string;
  description: string;
  /** Rows of name and value. */
  tooltip: [string, string][];
  icon: string;
  colour: string | null;
  /** Words that menu conditions match. */
  context: string;
  accessible: string;
  opens: 'panel' | 'run' | 'file' | 'problem' | null;
}

const verdictLook: Record<VerdictToken, Look> = {
  BEATS: { icon: 'pass-filled', colour: colours.green },
  'NO BEATS': { icon: 'circle-slash', colour: colours.red },
  HURTS: { icon: 'arrow-circle-down', colour: colours.red },
  INCONCLUSIVE: { icon: 'question', colour: colours.yellow },
};

export function treeRow(node: Node): Row {
  switch (node.kind) {
    case 'experiment':
      return experimentRow(node.view);
    case 'problem':
      return row({
        label: l10n.t('The config files have errors'),
        description: node.text,
        ...statusLook.failed,
        context: 'problem',
        opens: 'problem',
      });
    case 'teacher':
      return teacherRow(node.view, node.runView);
    case 'member':
      return memberRow(node.view, node.runView);
    case 'student':
      return networkRow(l10n.t('Student'), 'person', 'student', node.view.networks.student);
    case 'start':
      return startRow(node.view);
    case 'arm':
      return armRow(node.view, node);
    case 'seed':
      return seedRow(node.view, node.runView, node.cell);
    case 'sweep':
      return sweepRow(node);
    case 'folded':
      return foldedRow(node);
  }
}

const row = (
  parts: Pick<Row, 'label' | 'description' | 'icon' | 'colour' | 'context'> & Partial<Row>,
): Row => ({
  tooltip: [],
  opens: null,
  accessible: [parts.label, parts.description].filter(Boolean).join(', '),
  ...parts,
});

function experimentRow(view: ExperimentView): Row {
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
      return l10n.t('{0} of {1} trainings done', finished, all);
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

function networkRow(label: string, icon: string, context: string, network: NetworkView | null): Row {
  const parameters = network ? l10n.t('{0} parameters', count(network.parameters)) : '';
  return row({
    label,
    description: network ? `${network.title} · ${parameters}` : '',
    icon,
    colour: null,
    context,
    tooltip: network ? [[l10n.t('File'), network.file]] : [],
    opens: network ? 'file' : null,
  });
}

function teacherRow(view: ExperimentView, run: RunView | null): Row {
  const base = networkRow(l10n.t('Teacher'), 'mortar-board', 'teacher', view.networks.teacher);
  if (!run || statusOf(run) === 'queued') return { ...base, context: 'teacher queued' };
  const title = view.networks.teacher?.title;
  const problem = ['failed', 'interrupted', 'running'].includes(statusOf(run));
  // Status first: a narrow sidebar cuts the end.
  const description = [statusText(view, run), title].filter(Boolean).join(' · ');
  return {
    ...base,
    description,
    ...(problem ? statusLook[statusOf(run)] : {}),
    context: `teacher ${statusOf(run)}`,
    accessible: `${base.label}, ${description}`,
    tooltip: [...base.tooltip, ...runTooltip(run)],
  };
}

/** A member of an ensemble, named after its file (as in the name of its folder) and its seed. */
function memberRow(view: ExperimentView, run: RunView): Row {
  const name = basename(run.folder).replace(/-[0-9a-f]{6}$/, '');
  return {
    ...seedRow(view, run, false),
    label: l10n.t('{0} · seed {1}', name, run.seed),
    context: `teacher ${statusOf(run)}`,
  };
}

function startRow(view: ExperimentView): Row {
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

function armRow(view: ExperimentView, arm: Extract<Node, { kind: 'arm' }>): Row {
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
      : l10n.t('{0} of {1} seeds', finished.length, runs.length);
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

function sweepRow({ view, cells, runs }: Extract<Node, { kind: 'sweep' }>): Row {
  const finished = runs.filter((run) => statusOf(run) === 'finished').length;
  const running = runs.some((run) => statusOf(run) === 'running');
  const winner = view.arms.find(({ slug }) => slug === view.summary?.sweep?.winner)?.title;
  const parts = [
    plural(cells, l10n.t('cell')),
    l10n.t('{0} of {1} runs', finished, runs.filter((run) => !run.ended).length),
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

function foldedRow({ status, runs }: Extract<Node, { kind: 'folded' }>): Row {
  return row({
    label: `${count(runs.length)} ${statusWord(status)}`,
    description: '',
    ...statusLook[status],
    context: `folded ${status}`,
  });
}

function seedRow(view: ExperimentView, run: RunView, cell: boolean): Row {
  const status = statusOf(run);
  const description = statusText(view, run);
  const label = cell ? runTitle(run) : l10n.t('seed {0}', run.seed);
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
