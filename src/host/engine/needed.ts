import { commands, l10n, window } from 'vscode';
import type { Host } from '../host';
import type { ExperimentView } from '../store/views';
import { isNativeThere } from './place';

/** Once an experiment was begun it computes on the engine that it was begun on, before that on the one it asks for. */
export const needsNative = ({ experiment, engine }: Pick<ExperimentView, 'experiment' | 'engine'>): boolean =>
  (engine?.numerics.engine ?? experiment?.config.engine) === 'native';

/** Says so where an experiment cannot be trained here for want of it: a runner would say it in its log, which nobody reads. */
export function lacksNative({ context, log }: Host, view: ExperimentView): boolean {
  if (!needsNative(view) || isNativeThere(context)) return false;
  const message =
    view.engine === null
      ? l10n.t('{0} asks for the engine "native", which is not set up on this machine.', view.name)
      : l10n.t('{0} was begun on the engine "native", which is not set up on this machine.', view.name);
  log.error(message);
  void tell(message);
  return true;
}

async function tell(message: string): Promise<void> {
  const setUp = l10n.t('Set Up Native Engine…');
  if ((await window.showErrorMessage(message, setUp)) === setUp)
    await commands.executeCommand('distillery.setUpEngine');
}
