import { l10n, workspace, type Disposable } from 'vscode';
import type { Reader } from '../data/reader';
import { ProcessReader } from '../runner/reader/reader';

/** What may be read of a workspace beside its config files, as long as it may. */
export interface Readable {
  /** Reads data and saved models. Null where the workspace is not trusted: then no run folder is read either. */
  readonly now: Reader | null;
}

/** The sentence for sidebar, panel and commands. */
export const notRead = (): string =>
  l10n.t(
    'This folder is not trusted: only config files are read, no data, models or results, and nothing can be trained.',
  );

/** A workspace is readable once it is trusted; trust is taken back by a reload only. */
export class WorkspaceReader implements Readable, Disposable {
  private readonly reader: ProcessReader;

  /** @param dist the folder of the built programs */
  constructor(dist: string) {
    this.reader = new ProcessReader(dist);
  }

  get now(): Reader | null {
    return workspace.isTrusted ? this.reader : null;
  }

  /** What could not be read is tried again when it is asked for. */
  forget(): void {
    this.reader.forget();
  }

  dispose(): void {
    this.reader.dispose();
  }
}
