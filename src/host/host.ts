import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { Panels } from './panel/panels';
import type { WorkspaceReader } from './reader';
import type { Node } from './sidebar/nodes';
import type { Store } from './store/store';

/** What commands and features share. */
export interface Host {
  readonly context: ExtensionContext;
  readonly log: LogOutputChannel;
  readonly store: Store;
  readonly reader: WorkspaceReader;
  readonly panels: Panels;
  /** The selection in the sidebar. */
  readonly selection: () => Node | undefined;
}

/** A file of the built extension. */
export const inDist = (context: ExtensionContext, ...path: string[]): string =>
  context.asAbsolutePath(['dist', ...path].join('/'));
