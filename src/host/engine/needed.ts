import { commands, l10n, window } from 'vscode';
import type { Host } from '../host';
import { statusOf, type ExperimentView } from '../store/views';
import { isNativeThere } from './place';

/** Once an experiment was begun it computes on the engine that it was begun on, before that on the one it asks for. */
export const needsNative = ({ experiment, engine }: Pick<ExperimentView, 'experiment' | 'engine'>): boolean =>
  (engine?.numerics.engine ?? experiment?.config.engine) === 'native';

/** Says so where an experiment cannot be trained here for want of it: a runner would say it in its log, which nobody reads. */
export function lacksNative({ context, log }: Host, view: ExperimentView): boolean {
  if (!needsNative(view) || isNativeThere(context)) return false;
  const message =
    view.engine === null
      ? l10n.t('{0} uses the engine "native", which is not set up on this machine.', view.name)
      : l10n.t('{0} was started on the engine "native", which is not set up on this machine.', view.name);
  log.error(message);
  void tell(message);
  return true;
}

/** Why a runner could not begin, such as an engine that is there and does not work; a run that failed says so itself. */
export async function tellComplaint(host: Host, key: string, sentence: string | null): Promise<void> {
  if (sentence === null) return;
  await host.store.look(key);
  const view = host.store.get(key);
  host.log.error(`${view?.name ?? key}: ${sentence}`);
  if (!view || view.runs.some((run) => statusOf(run) === 'failed')) return;
  await tell(`${view.name}: ${sentence}`, needsNative(view));
}

async function tell(message: string, isNative = true): Promise<void> {
  const setUp = l10n.t('Set Up Native Engine…');
  const showLog = l10n.t('Show Log');
  const chosen = await window.showErrorMessage(message, ...(isNative ? [setUp] : []), showLog);
  if (chosen === setUp) await commands.executeCommand('distillery.setUpEngine');
  if (chosen === showLog) await commands.executeCommand('distillery.showLog');
}
