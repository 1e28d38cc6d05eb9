import { l10n, ProgressLocation, window } from 'vscode';
import { setUpEngine } from '../../runner/setup/setUp';
import type { SetupPlan } from '../../runner/setup/stage';
import type { SetUpResult } from '../../runner/setup/installEngine';
import type { Host } from '../host';
import type { EnginePlace } from './place';
import { Steps } from './steps';

/** Under a notification that says how far it is and can cancel it. @throws SetUpCancelled, UserError */
export const setUpWithProgress = (host: Host, { storage, ...place }: EnginePlace, way: SetupPlan) =>
  window.withProgress<SetUpResult>(
    {
      location: ProgressLocation.Notification,
      title: l10n.t('Setting up the native engine'),
      cancellable: true,
    },
    async (progress, token) => {
      const controller = new AbortController();
      const cancel = () => controller.abort();
      // A window that closes ends what it began: half of it is of no use to the next one.
      host.context.subscriptions.push(token.onCancellationRequested(cancel), { dispose: cancel });
      const steps = new Steps((message) => progress.report({ message }));
      const log = (line: string) => host.log.info(line);
      return setUpEngine('native', {
        ...place,
        storage,
        plan: way,
        show: (step) => {
          log(`[${step.number}/${step.of}] ${step.title}`);
          steps.show(step);
        },
        showDownload: steps.showDownload,
        log,
        signal: controller.signal,
      });
    },
  );
