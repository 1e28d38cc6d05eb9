import { commands, l10n, window } from 'vscode';
import type { Host } from '../host';
import { statusOf, type ExperimentView } from '../store/views';
import { isNativeThere } from './nativeEngine';

/** Whether an experiment uses the native engine: the engine it was started on, or before that the one in its file. */
export const needsNative = ({ experiment, engine }: Pick<ExperimentView, 'experiment' | 'engine'>): boolean =>
  (engine?.numerics.engine ?? experiment?.config.engine) === 'native';

/** Reports a missing native engine before a runner is started, whose error would only be in a log. */
export function lacksNative({ context, log }: Host, view: ExperimentView): boolean {
  if (!needsNative(view) || isNativeThere(context)) return false;
  const message =
    view.engine === null
      ? l10n.t('{0} uses the engine "native", which is not set up on this machine.', view.name)
      : l10n.t('{0} was started on the engine "native", which is not set up on this machine.', view.name);
  log.error(message);
  void showEngineError(message);
  return true;
}

/** Reports why a runner could not start, such as a broken engine; failed runs are reported elsewhere. */
export async function reportStartFailure(host: Host, key: string, sentence: string | null): Promise<void> {
  if (sentence === null) return;
  await host.store.look(key);
  const view = host.store.get(key);
  host.log.error(`${view?.name ?? key}: ${sentence}`);
  if (!view || view.runs.some((run) => statusOf(run) === 'failed')) return;
  await showEngineError(`${view.name}: ${sentence}`, needsNative(view));
}

async function showEngineError(message: string, isNative = true): Promise<void> {
  const setUp = l10n.t('Set Up Native Engine…');
  const showLog = l10n.t('Show Log');
  const chosen = await window.showErrorMessage(message, ...(isNative ? [setUp] : []), showLog);
  if (chosen === setUp) await commands.executeCommand('distillery.setUpEngine');
  if (chosen === showLog) await commands.executeCommand('distillery.showLog');
}
