import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { cores, PYTHON, root } from './contenders';

/** Where figures were measured, and with what. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGB: number;
  system: string;
  versions: Record<string, string>;
}

export const describeMachine = (): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores,
  memoryGB: totalmem() / 2 ** 30,
  system: systemName(),
  versions: { Node: process.versions.node, ...tensorflowVersions(), ...pythonVersions() },
});

function systemName(): string {
  try {
    const name = /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
    return `${name ?? type()}, ${type()} ${release()}`;
  } catch {
    return `${type()} ${release()}`;
  }
}

function tensorflowVersions(): Record<string, string> {
  const lock = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const versions: Record<string, string> = { 'TensorFlow.js': lock.dependencies['@tensorflow/tfjs-core']! };
  const native = linesOf(process.execPath, [join(root, 'dist/trainer.js'), 'self-test', 'native']);
  const found = native && /libtensorflow ([\d.]+)/.exec(native)?.[1];
  if (found) versions['libtensorflow'] = found;
  return versions;
}

function pythonVersions(): Record<string, string> {
  const code = `import importlib.metadata as m, platform
print("Python", platform.python_version())
for name in ("torch", "tensorflow_cpu", "tensorflow", "keras", "torchdistill"):
    try: print(name, m.version(name))
    except m.PackageNotFoundError: pass`;
  const lines = linesOf(PYTHON, ['-c', code])?.trim().split('\n') ?? [];
  return Object.fromEntries(lines.map((line) => line.split(' ') as [string, string]));
}

/** Null where it does not run. */
function linesOf(program: string, args: string[]): string | null {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return null;
  }
}
