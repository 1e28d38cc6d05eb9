import { l10n, window } from 'vscode';
import { UserError } from '../../config/errors';
import { comparable } from '../../results/comparable';
import { accuracy } from '../../results/format';
import type { Host } from '../host';
import { armId, settingOfView } from '../panel/others';
import type { ExperimentView } from '../store/views';
import { resolveExperiment } from './resolveTarget';

/** Adds arms of other experiments to the Compare page of this one. */
export async function compareWith(host: Host, argument: unknown): Promise<void> {
  const view = await resolveExperiment(host, argument, hasArms);
  if (!view) return;
  const others = host.store.experiments.filter((one) => one.key !== view.key && hasArms(one));
  if (others.length === 0)
    throw new UserError(l10n.t('There is no other experiment with results to compare {0} with.', view.name));
  const rows = others.flatMap((other) => rowsOf(view, other));
  const picked = await window.showQuickPick(rows, {
    title: l10n.t('Compare {0} with…', view.name),
    placeHolder: l10n.t('Arms of other experiments'),
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!picked || picked.length === 0) return;
  host.panels.compare(
    view.key,
    picked.map(({ id }) => id),
  );
}

const hasArms = ({ summary }: ExperimentView) => (summary?.arms.length ?? 0) > 0;

/** Experiments that are not comparable can be picked too: the page then says why. */
function rowsOf(view: ExperimentView, other: ExperimentView) {
  const { summary } = other;
  const [own, theirs] = [settingOfView(view), settingOfView(other)];
  const [reason] = own && theirs ? comparable(own, theirs).reasons : [];
  return (summary?.arms ?? []).map((arm) => {
    const value = summary && arm[summary.part];
    const result =
      value && summary ? accuracy(value.mean, summary.examples[summary.part]) : l10n.t('no result yet');
    return {
      label: arm.title,
      description: `${other.name} · ${result}`,
      ...(reason !== undefined && { detail: reason }),
      id: armId(other.key, arm.slug),
    };
  });
}
