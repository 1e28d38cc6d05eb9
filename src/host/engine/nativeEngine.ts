import type { ExtensionContext } from 'vscode';
import { dirname } from 'node:path';
import { hasBinding, packageBelow } from '../../engines/nativePlace';
import { engineFolder, storageFolder } from '../../engines/storage';
import { chooseNode, type NodeRuntime } from '../../runner/node';
import { inDist } from '../files';
import { settings } from '../settings';

/** Where the native engine lies or would lie, and what tries it: the same as for a training that is started from here. */
export interface EnginePlace {
  trainerPath: string;
  nodeArguments: string[];
  runtime: NodeRuntime;
  /** Folder of this person's own data. */
  storage: string;
}

/** @throws UserError where the setting nodePath names no Node that can be used */
export async function enginePlace(context: ExtensionContext): Promise<EnginePlace> {
  const { nodePath, trainerArguments, trainerEnvironment } = settings();
  const node = await chooseNode(nodePath);
  const environment = { ...node.environment, ...trainerEnvironment };
  return {
    trainerPath: inDist(context, 'trainer.js'),
    nodeArguments: trainerArguments,
    runtime: { ...node, environment },
    storage: storageFolder({ environment }),
  };
}

/** The package with its binding, if it is beside Distillery: a checkout, where npm may have installed it. */
export function nativeBeside(trainerPath: string): string | null {
  const folder = packageBelow(dirname(trainerPath));
  return folder !== null && hasBinding(folder) ? folder : null;
}

/** Whether a native engine is there to be tried; only a training tells whether it works. */
export function isNativeThere(context: ExtensionContext): boolean {
  if (nativeBeside(inDist(context, 'trainer.js')) !== null) return true;
  const environment = { ...process.env, ...settings().trainerEnvironment };
  const stored = packageBelow(engineFolder('native', storageFolder({ environment })));
  return stored !== null && hasBinding(stored);
}
