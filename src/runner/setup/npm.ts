import type { Stage } from './stage';

/** Says also what all of it is made from, so that a later version sees whether it would take the same. */
export const manifest = (madeFrom: string, dependencies: Record<string, string>): Stage => ({
  kind: 'write',
  file: 'package.json',
  text: `${JSON.stringify({ private: true, madeFrom, dependencies }, null, 2)}\n`,
});

interface Install {
  title?: string;
  /** Beyond what is always given to npm. */
  options?: readonly string[];
  advice: string;
}

/** Installs what the manifest names; `what` is what of it a person is told. */
export function npmInstall(
  what: string,
  { title = `npm installs ${what}`, options = [], advice }: Install,
): Stage {
  const quiet = ['--no-audit', '--no-fund', '--no-package-lock', '--omit=dev', '--loglevel=error'];
  return {
    kind: 'command',
    title,
    programs: ['npm'],
    args: ['install', ...quiet, ...options],
    missing: 'npm was not found on the PATH. Install Node.js with npm (https://nodejs.org) and try again.',
    failed: `npm could not install ${what}`,
    advice,
  };
}

/** For packages that come whole. */
export const withoutScripts: Install = {
  options: ['--ignore-scripts'],
  advice: 'Check the network and npm’s registry setting.',
};
