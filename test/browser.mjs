// The browser that shows pages and the real VS Code in tests: a Chromium of the system, since npm carries none.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { install, mayInstall } from './debian.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PLACES = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
const SENTENCE =
  'The browser tests need Chromium: install it (Debian: apt-get install chromium) or name one in the environment variable CHROMIUM.';

/** No network but loopback, nothing in the background. */
export const chromiumArguments = [
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
];

/** @returns {string | null} */
export function findChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = process.env.CHROMIUM
    ? [process.env.CHROMIUM]
    : [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...PLACES];
  return candidates.find(isExecutable) ?? null;
}

/** @returns {string} its path; where there is none a sentence is thrown that says what to install */
export function chromiumPath() {
  const found = findChromium();
  if (!found) throw new Error(SENTENCE);
  return found;
}

/** Debian's own package, where it is missing and this process may install it; everywhere else a person decides. */
export function ensureChromium() {
  if (findChromium()) return;
  if (!mayInstall()) throw new Error(SENTENCE);
  install('chromium');
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
