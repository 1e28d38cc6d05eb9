import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/setup.mjs';

/** The same verbs without the editor: both read and write the same run folders. A native engine of this machine is not used. */
export function runCommandLine(...words: string[]): string {
  return execFileSync(process.execPath, [join(root, 'dist', 'cli.js'), ...words], {
    encoding: 'utf8',
    env: { ...process.env, DISTILLERY_STORAGE: join(root, 'test-results', 'storage') },
  });
}
