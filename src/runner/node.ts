import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '../config/errors';

/** The Node that runs the runner and its trainers, with the reason for the log. */
export interface NodeRuntime {
  path: string;
  environment: NodeJS.ProcessEnv;
  why: string;
}

const OLDEST = 20;

/**
 * Setting → PATH → the Node that this process runs on (the editor's own, where there is no other).
 * @throws UserError where the setting names something that is not Node 20 or newer
 */
export async function chooseNode(setting = '', environment = process.env): Promise<NodeRuntime> {
  if (setting !== '') {
    const version = await versionOf(setting);
    if (version === null)
      throw new UserError(
        `The setting nodePath names ${setting}, which is not a Node executable. Give the path of Node ${OLDEST} or newer, or empty the setting.`,
      );
    if (isTooOld(version))
      throw new UserError(
        `The setting nodePath names ${setting}, which is Node ${version}; ${OLDEST} or newer is needed.`,
      );
    return { ...runtime(setting, environment), why: `Node ${version} at ${setting}, as nodePath says.` };
  }
  const onPath = findOnPath(environment['PATH'] ?? '');
  const version = onPath === null ? null : await versionOf(onPath);
  if (onPath !== null && version !== null && !isTooOld(version))
    return { ...runtime(onPath, environment), why: `Node ${version} at ${onPath}, found on the PATH.` };
  const lack = version === null ? 'none is on the PATH' : `the one on the PATH is ${version}`;
  return {
    ...runtime(process.execPath, environment),
    why: `Node ${process.versions.node} of the editor, since ${lack}.`,
  };
}

/** The environment in which this process's own executable runs as Node. */
export function thisNode(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return runtime(process.execPath, environment).environment;
}

/** Electron runs as Node with this variable; other programs must not inherit it. */
function runtime(path: string, environment: NodeJS.ProcessEnv): Omit<NodeRuntime, 'why'> {
  const rest = { ...environment };
  delete rest['ELECTRON_RUN_AS_NODE'];
  const electron = path === process.execPath && process.versions['electron'] !== undefined;
  return { path, environment: electron ? { ...rest, ELECTRON_RUN_AS_NODE: '1' } : rest };
}

async function versionOf(path: string): Promise<string | null> {
  try {
    const { environment } = runtime(path, process.env);
    const { stdout } = await promisify(execFile)(path, ['--version'], { env: environment, timeout: 10_000 });
    return /^v(\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? null;
  } catch {
    return null;
  }
}

const isTooOld = (version: string) => Number.parseInt(version, 10) < OLDEST;

function findOnPath(path: string): string | null {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      continue;
    }
  }
  return null;
}
