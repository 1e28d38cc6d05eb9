// Packages of Debian that tests need, where this process may install them.
import { readFileSync } from 'node:fs';
import { run } from '../scripts/lib/setup.mjs';

export const mayInstall = () => process.getuid?.() === 0 && isDebian();

/** @param {string[]} packages */
export function install(...packages) {
  aptGet('update', '-qq');
  aptGet('install', '-y', '-qq', '--no-install-recommends', ...packages);
}

/** @param {string[]} words */
function aptGet(...words) {
  console.log(['apt-get', ...words].join(' '));
  run('apt-get', words, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

function isDebian() {
  try {
    return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}
