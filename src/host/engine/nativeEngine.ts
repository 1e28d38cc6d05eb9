import type { ExtensionContext } from 'vscode';
import { dirname } from 'node:path';
import type { Numerics } from '../../config/numerics';
import { hasBinding, packageBelow } from '../../engines/nativePlace';
import { engineFolder, storageFolder } from '../../engines/storage';
import { chooseNode, type NodeRuntime } from '../../runner/node';
import { createSelfTest } from '../../runner/selfTest';
import { madeFrom } from '../../runner/setup/plan';
import { isSetUp } from '../../runner/setup/remove';
import { inDist } from '../host';
import { settings } from '../settings';

/** Where the native engine is or would be installed, and what tests it; the same settings as for training. */
export interface EnginePlace {
  trainerPath: string;
  nodeArguments: string[];
  runtime: NodeRuntime;
  /** The storage folder of the user. */
  storage: string;
}

/** @throws UserError if the setting nodePath names no usable Node.js */
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

/** The package with its binding next to Distillery, as npm may install it in a checkout. */
export function nativeBeside(trainerPath: string): string | null {
  const folder = packageBelow(dirname(trainerPath));
  return folder !== null && hasBinding(folder) ? folder : null;
}

/** Whether a native engine is installed; only a training shows whether it works. */
export function isNativeThere(context: ExtensionContext): boolean {
  if (nativeBeside(inDist(context, 'trainer.js')) !== null) return true;
  const environment = { ...process.env, ...settings().trainerEnvironment };
  const stored = packageBelow(engineFolder('native', storageFolder({ environment })));
  return stored !== null && hasBinding(stored);
}

/** State of the native engine. Only one in the storage folder may be replaced or removed (`ours`). */
export type EngineState =
  | { kind: 'absent' }
  | { kind: 'works'; folder: string; ours: boolean; numerics: Numerics; madeFrom: string | null }
  | { kind: 'broken'; folder: string; ours: boolean; reason: string };

/** Tests an installed engine with a real training, in a temporary process. */
export async function lookAtEngine(
  { trainerPath, nodeArguments, runtime, storage }: EnginePlace,
  log: (line: string) => void,
): Promise<EngineState> {
  const beside = nativeBeside(trainerPath);
  if (beside === null && !isSetUp('native', storage)) return { kind: 'absent' };
  const found = { folder: beside ?? engineFolder('native', storage), ours: beside === null };
  const outcome = await createSelfTest({ trainerPath, nodeArguments, runtime }, log)('native');
  return outcome.ok
    ? {
        kind: 'works',
        ...found,
        numerics: outcome.numerics,
        madeFrom: found.ours ? madeFrom('native', storage) : null,
      }
    : { kind: 'broken', ...found, reason: outcome.reason };
}
