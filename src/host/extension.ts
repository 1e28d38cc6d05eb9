import { env, window, type ExtensionContext } from 'vscode';
import { setLocale } from '../results/format';
import { registerCommands } from './commands/register';
import { registerConfigs } from './configs/register';
import { keepContextKeys } from './contextKeys';
import { inDist } from './files';
import type { Host } from './host';
import { keepLogbook } from './logbook';
import { keepNotifying } from './notifications';
import { Panels } from './panel/panels';
import { ExperimentTree } from './sidebar/tree';
import { keepProgress } from './progress';
import { WorkspaceReader } from './reader';
import { keepRuns } from './renames';
import { Store } from './store/store';

/** What other extensions and our tests may look at. */
export interface DistilleryApi {
  readonly store: Store;
  readonly tree: ExperimentTree;
}

export function activate(context: ExtensionContext): DistilleryApi {
  setLocale(env.language);
  const log = window.createOutputChannel('Distillery', { log: true });
  const reader = new WorkspaceReader(inDist(context));
  const store = new Store(context.workspaceState, log, reader);
  const panels = new Panels(context, store, log, reader);
  const tree = new ExperimentTree(store);
  const host: Host = { context, log, store, reader, panels, selection: () => tree.view.selection[0] };
  context.subscriptions.push(
    log,
    reader,
    store,
    panels,
    tree,
    keepContextKeys(store),
    keepProgress(store),
    keepRuns(store),
    keepLogbook(store, log),
    keepNotifying(host),
    ...registerConfigs(host),
    ...registerCommands(host),
  );
  return { store, tree };
}
