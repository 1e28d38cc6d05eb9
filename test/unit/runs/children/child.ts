import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** Starts a file of this folder as a process of its own, and waits until it says that it is at work. */
export async function startChild(
  name: 'writer' | 'holder' | 'blocked' | 'saver',
  builds: string,
  ...args: string[]
): Promise<{ child: ChildProcess; kill: () => Promise<void> }> {
  const outfile = join(builds, `${name}.cjs`);
  buildSync({
    entryPoints: [join(__dirname, `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
  const child = fork(outfile, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const gone = once(child, 'exit');
  const [word] = (await Promise.race([once(child, 'message'), gone])) as [unknown];
  if (word !== 'ready') throw new Error(`${name} ended before it began: ${String(word)}`);
  return {
    child,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
