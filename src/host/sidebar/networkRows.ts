import { basename } from 'node:path';
import { l10n } from 'vscode';
import { plural } from '../../results/format';
import { statusOf, type ExperimentView, type NetworkView, type RunView } from '../store/views';
import { row, type Row } from './row';
import { runTooltip, seedRow, statusLook, statusText } from './runRow';

export function networkRow(label: string, icon: string, context: string, network: NetworkView | null): Row {
  const parameters = network ? plural(network.parameters, 'parameter') : '';
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

export function teacherRow(view: ExperimentView, run: RunView | null): Row {
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
export function memberRow(view: ExperimentView, run: RunView): Row {
  const name = basename(run.folder).replace(/-[0-9a-f]{6}$/, '');
  return {
    ...seedRow(view, run, false),
    label: l10n.t('{0} · seed {1}', name, run.seed),
    context: `teacher ${statusOf(run)}`,
  };
}
