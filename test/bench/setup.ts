import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PYTHON, root, VENV } from './contenders';

/** Makes the virtual environment and installs what requirements.txt names. @throws Error with a sentence */
export function setUpPython(): void {
  const system = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0);
  if (system === undefined) throw new Error('There is no Python 3 on the PATH.');
  if (!existsSync(PYTHON)) run(system, ['-m', 'venv', VENV]);
  run(PYTHON, [
    ...['-m', 'pip', 'install', '--disable-pip-version-check', '--progress-bar', 'off'],
    ...['--requirement', join(root, 'test/bench/python/requirements.txt')],
  ]);
}

function run(program: string, args: string[]): void {
  const { status } = spawnSync(program, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${[program, ...args].join(' ')} ended with code ${status}.`);
}
