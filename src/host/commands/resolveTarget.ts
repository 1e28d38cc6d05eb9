import { l10n, Uri, window } from 'vscode';
import { dirname, isAbsolute } from 'node:path';
import { UserError } from '../../config/errors';
import type { Host } from '../host';
import type { Target } from '../sidebar/nodes';
import { statusText } from '../sidebar/runRow';
import { runTitle, type ExperimentView, type RunView } from '../store/views';

type Accept<T> = (candidate: T) => boolean;
const anything = () => true;

/**
 * The experiment that a command applies to: its argument (a tree node, a file, a message of the page), else the active
 * panel, editor or selection, else the only candidate, else the one that the user picks. Undefined: cancelled.
 */
export async function resolveExperiment(
  host: Host,
  argument: unknown,
  accept: Accept<ExperimentView> = anything,
): Promise<ExperimentView | undefined> {
  const named = experimentKey(argument);
  if (named !== undefined) {
    const view = host.store.get(named);
    if (!view) throw new UserError(l10n.t('{0} is not an experiment of this workspace.', named));
    return view;
  }
  const seen = [host.panels.active, window.activeTextEditor?.document.fileName, host.selection()?.experiment];
  for (const key of seen) {
    const view = key === undefined ? undefined : host.store.get(key);
    if (view && accept(view)) return view;
  }
  const candidates = host.store.experiments.filter(accept);
  if (candidates.length === 0)
    throw new UserError(l10n.t('No experiment in this workspace can be used with this command.'));
  if (candidates.length === 1) return candidates[0];
  const picked = await window.showQuickPick(
    candidates.map((view) => ({ label: view.name, description: view.key, view })),
    { title: l10n.t('Which experiment?'), matchOnDescription: true },
  );
  return picked?.view;
}

/** The run that a command applies to, found in the same way. */
export async function resolveRun(
  host: Host,
  argument: unknown,
  accept: Accept<RunView> = anything,
): Promise<{ view: ExperimentView; run: RunView } | undefined> {
  const target = targetIn(argument) ?? host.selection();
  const view = await resolveExperiment(host, argument ?? target, (one) => one.runs.some(accept));
  if (!view) return undefined;
  const ofTarget = target?.experiment === view.key ? target : undefined;
  if (ofTarget?.run !== undefined) {
    const run = view.runs.find((one) => one.id === ofTarget.run);
    if (!run || !accept(run)) throw new UserError(l10n.t('This run cannot be used with this command.'));
    return { view, run };
  }
  const runs = runsOfArm(view, ofTarget?.arm).filter(accept);
  if (runs.length === 0)
    throw new UserError(l10n.t('{0} has no run yet that can be used with this command.', view.name));
  const [only] = runs;
  if (only && runs.length === 1) return { view, run: only };
  const picked = await window.showQuickPick(
    runs.map((run) => ({ label: runTitle(run), description: statusText(view, run), run })),
    { title: l10n.t('Which run of {0}?', view.name) },
  );
  return picked && { view, run: picked.run };
}

/** Runs of an arm (a slug, or the folder of an arm that is no longer in the file); all runs if no arm is named. */
export const runsOfArm = (view: ExperimentView, arm: string | undefined): readonly RunView[] =>
  arm === undefined
    ? view.runs
    : view.runs.filter((run) => dirname(run.folder) === arm || run.spec?.arm?.slug === arm);

export function targetIn(argument: unknown): Target | undefined {
  if (typeof argument !== 'object' || argument === null || !('experiment' in argument)) return undefined;
  const { experiment } = argument;
  if (typeof experiment !== 'string' || !isAbsolute(experiment)) return undefined;
  const text = (key: 'arm' | 'run') => {
    const value = (argument as Record<string, unknown>)[key];
    return typeof value === 'string' ? { [key]: value } : {};
  };
  return { experiment, ...text('arm'), ...text('run') };
}

const experimentKey = (argument: unknown): string | undefined =>
  argument instanceof Uri ? argument.fsPath : targetIn(argument)?.experiment;
