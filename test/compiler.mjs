// The compiler of the portable engine's kernels, with which it is checked that what is checked in is what they give.
import { hasCompiler } from '../scripts/lib/kernels.mjs';
import { install, mayInstall } from './debian.mjs';

const SENTENCE =
  'Checking the compiled kernels needs clang and lld, version 16 (Debian: apt-get install clang-16 lld-16).';

/** Debian's own packages, where they are missing and this process may install them; everywhere else a person decides. */
export function ensureCompiler() {
  if (hasCompiler()) return;
  if (!mayInstall()) throw new Error(SENTENCE);
  install('clang-16', 'lld-16');
}
