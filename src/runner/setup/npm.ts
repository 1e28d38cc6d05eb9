import type { Stage } from './stage';

/** What npm writes as package-lock.json: each package with its version and the hash of its archive. */
export interface Lock {
  packages: { '': { dependencies: Record<string, string> } } & Record<string, object>;
}

/**
 * Installs exactly the packages of a lock file: npm refuses an archive with another hash. No install script runs, because its
 * downloads would not be checked.
 *
 * @param what the name of what is installed, for messages
 * @param madeFrom the versions of everything installed, so that a later version recognises whether it would install the same
 */
export function npmInstall(what: string, madeFrom: string, lock: Lock): Stage[] {
  const { dependencies } = lock.packages[''];
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  return [
    { kind: 'write', file: 'package.json', text: asJson({ private: true, madeFrom, dependencies }) },
    { kind: 'write', file: 'package-lock.json', text: asJson(lock) },
    {
      kind: 'command',
      title: `npm installs ${what}`,
      programs: ['npm'],
      // Said here, since a person's own settings may say otherwise.
      args: ['ci', '--ignore-scripts', '--package-lock', '--omit=dev', ...quiet],
      missing: 'npm was not found on the PATH. Install Node.js with npm (https://nodejs.org) and try again.',
      failed: `npm could not install ${what}`,
      advice:
        'Check the network and npm’s registry setting. EINTEGRITY means that the registry gave another file than the one whose hash Distillery knows.',
    },
  ];
}

const asJson = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
