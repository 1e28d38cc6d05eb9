import { l10n } from 'vscode';
import { bytes } from '../../results/format';
import type { SetupStep } from '../../runner/setup/runStages';

/** What the progress says: which stage of how many and, while a file is fetched, how much of it is there. */
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
