import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/setup.mjs';

/** The same verbs without the editor: both read and write the same run folders. */
export function runCommandLine(...words: string[]): string {
  return execFileSync(process.execPath, [join(root, 'dist', 'cli.js'), ...words], { encoding: 'utf8' });
}
