import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { UserError } from '../config/errors';
import { engineFolder } from './storage';

export const NAME = '@tensorflow/tfjs-node';

/** The package's folder: beside the bundle (a checkout, a project), else in the storage folder. @throws UserError */
export function findNative(): string {
  const beside = packageBelow(__dirname);
  const stored = packageBelow(engineFolder('native'));
  // With install scripts disabled, npm leaves the package without its binding.
  const found = [beside, stored].find((folder) => folder !== null && hasBinding(folder)) ?? beside ?? stored;
  if (found === null) throw new UserError('Native TensorFlow is not installed.');
  if (!hasBinding(found))
    throw new UserError('Native TensorFlow is installed without its binding (tfjs_binding.node).');
  return found;
}

/** Where Node resolves the package from a folder, if its binding is there; null otherwise. */
export function packageBelow(folder: string): string | null {
  try {
    return dirname(createRequire(join(folder, 'any.js')).resolve(`${NAME}/package.json`));
  } catch {
    return null;
  }
}

/** The binding is built for one version of Node's C interface, 8, which every Node since 16 has. */
export const hasBinding = (folder: string) => existsSync(join(folder, 'lib', 'napi-v8', 'tfjs_binding.node'));
