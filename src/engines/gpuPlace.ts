import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../config/errors';
import { engineFolder } from './storage';

/** Dawn for Node, prebuilt, from npm. */
export const WEBGPU = { name: 'webgpu', version: '0.6.2' } as const;

/** The folder that `distillery setup gpu` installs it into. @throws UserError */
export function findWebGpu(): { folder: string; version: string } {
  const folder = join(engineFolder('gpu'), 'node_modules', WEBGPU.name);
  const file = join(folder, 'package.json');
  if (!existsSync(file)) throw new UserError('WebGPU is not installed: distillery setup gpu brings it.');
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  if (version !== WEBGPU.version)
    throw new UserError(
      `WebGPU here is ${WEBGPU.name} ${version}; Distillery needs ${WEBGPU.version}: distillery setup gpu brings it.`,
    );
  return { folder, version };
}
