import { l10n, ProgressLocation, window } from 'vscode';
import { setUpEngine } from '../../runner/setup/setUp';
import type { SetupPlan } from '../../runner/setup/stage';
import type { SetUpResult } from '../../runner/setup/installEngine';
import type { Host } from '../host';
import type { EnginePlace } from './nativeEngine';
import { bytes } from '../../results/format';
import type { SetupStep } from '../../runner/setup/runStages';

/** Sets the engine up, with progress and a Cancel button. @throws SetUpCancelled, UserError */
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
      // Closing the window cancels: a partial set-up is of no use.
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

/** Progress text: the stage and, during a download, its progress. */
export class Steps {
  private stage = '';

  constructor(private readonly tell: (message: string) => void) {}

  readonly show = ({ title, number, of }: SetupStep): void => {
    this.stage = l10n.t('{0} of {1}: {2}', number, of, title);
    this.tell(this.stage);
  };

  readonly showDownload = (size: number, of: number): void =>
    this.tell(`${this.stage}: ${l10n.t('{0} of {1}', bytes(size), bytes(of))}`);
}
