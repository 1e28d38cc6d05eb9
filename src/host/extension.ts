import { env, window, type ExtensionContext } from 'vscode';
import { setLocale } from '../results/format';
import { registerCommands } from './commands/register';
import { registerConfigs } from './configs/register';
import { registerContextKeys } from './contextKeys';
import { inDist, type Host } from './host';
import { registerStateLog } from './stateLog';
import { registerNotifications } from './notifications';
import { Panels } from './panel/panels';
import { ExperimentTree } from './sidebar/tree';
import { registerProgress } from './progress';
import { WorkspaceReader } from './reader';
import { registerRenames } from './renames';
import { Store } from './store/store';

/** The API for other extensions and our tests. */
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
    registerContextKeys(store),
    registerProgress(store),
    registerRenames(host),
    registerStateLog(store, log),
    registerNotifications(host),
    ...registerConfigs(host),
    ...registerCommands(host),
  );
  return { store, tree };
}
