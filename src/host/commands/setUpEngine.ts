import { l10n, ProgressLocation, window } from 'vscode';
import { UserError } from '../../config/errors';
import { bytes, plural } from '../../results/format';
import { SetUpCancelled } from '../../runner/setup/failures';
import { setupPaths } from '../../runner/setup/setupPaths';
import { planSetup } from '../../runner/setup/plan';
import { removeEngine } from '../../runner/setup/remove';
import type { SetupPlan } from '../../runner/setup/stage';
import { offerFor, type OfferChoice } from '../engine/offer';
import { enginePlace, lookAtEngine, type EnginePlace } from '../engine/nativeEngine';
import { setUpWithProgress } from '../engine/setUp';
import type { Host } from '../host';
import { isActive } from '../store/views';

/** Shows the state of the native engine or the cost of its set-up, and sets it up or removes it. */
export async function setUpEngine(host: Host): Promise<void> {
  const place = await enginePlace(host.context);
  const way = planSetup('native', process);
  const { folder } = setupPaths('native', place.storage);
  const state = await window.withProgress(
    { location: ProgressLocation.Window, title: l10n.t('Looking for the native engine…') },
    () => lookAtEngine(place, (line) => host.log.info(line)),
  );
  const { message, choices } = offerFor(state, way, folder);
  const title = await window.showInformationMessage(message, ...choices.map((one) => one.title));
  const choice: OfferChoice = choices.find((one) => one.title === title)?.choice ?? 'cancel';
  if (choice === 'cancel') return;
  const busy = host.store.experiments.find(
    (view) => isActive(view) && view.engine?.numerics.engine === 'native',
  );
  if (busy)
    throw new UserError(
      l10n.t('{0} is training on the native engine: stop it first, or wait until it ends.', busy.name),
    );
  if (choice === 'setUp') await setUp(host, place, way);
  else await remove(host, place);
  // Diagnostics depend on whether it is installed.
  await host.store.refresh();
}

async function setUp(host: Host, place: EnginePlace, way: SetupPlan): Promise<void> {
  const { folder } = setupPaths('native', place.storage);
  host.log.info(`Setting up the native engine in ${folder}, on ${place.runtime.path}. ${place.runtime.why}`);
  try {
    const { numerics } = await setUpWithProgress(host, place, way);
    host.log.info(
      `The native engine works: ${numerics.version}, ${plural(numerics.threads, 'thread')}, in ${folder}.`,
    );
    void window.showInformationMessage(
      l10n.t(
        'The native engine is ready: TensorFlow.js {0}, {1}. New experiments with the engine "auto" use it; experiments that have started keep their engine.',
        numerics.version,
        plural(numerics.threads, 'thread'),
      ),
    );
  } catch (error) {
    if (!(error instanceof SetUpCancelled)) throw error;
    host.log.info('Setting up the native engine was cancelled; nothing was left behind.');
    window.setStatusBarMessage(l10n.t('Cancelled: nothing was left behind.'), 8000);
  }
}

async function remove(host: Host, { storage }: EnginePlace): Promise<void> {
  const removed = await window.withProgress(
    { location: ProgressLocation.Window, title: l10n.t('Removing the native engine…') },
    () => removeEngine('native', storage),
  );
  if (removed === null) return;
  host.log.info(`Removed ${removed.folder}, ${bytes(removed.bytes)}.`);
  void window.showInformationMessage(
    l10n.t(
      'Removed {0}, {1}. New experiments use the portable engine.',
      removed.folder,
      bytes(removed.bytes),
    ),
  );
}
