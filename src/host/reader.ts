import { l10n, workspace, type Disposable } from 'vscode';
import type { Reader } from '../data/reader';
import { ProcessReader } from '../runner/reader/reader';

/** Access to everything in a workspace except its config files. */
export interface Readable {
  /** Reads data and saved models. Null in an untrusted workspace, where run folders are not read either. */
  readonly now: Reader | null;
}

/** The message for sidebar, panel and commands. */
export const notRead = (): string =>
  l10n.t(
    'This folder is not trusted: only config files are read, no data, models or results, and nothing can be trained.',
  );

/** A workspace is readable once it is trusted; only a reload removes trust. */
export class WorkspaceReader implements Readable, Disposable {
  private readonly reader: ProcessReader;

  /** @param dist the folder of the built programs */
  constructor(dist: string) {
    this.reader = new ProcessReader(dist);
  }

  get now(): Reader | null {
    return workspace.isTrusted ? this.reader : null;
  }

  /** Failed reads are tried again on the next request. */
  forget(): void {
    this.reader.forget();
  }

  dispose(): void {
    this.reader.dispose();
  }
}
