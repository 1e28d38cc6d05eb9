import type { Stage } from './stage';

/** The one that the TensorFlow.js of this extension goes with. */
export const TFJS_NODE = '4.22.0';
export const NODE_API_HEADERS = '1.9.0';

/** Says also what all of it is made from, so that a later version sees whether it would take the same. */
export const manifest = (madeFrom: string, dependencies: Record<string, string>): Stage => ({
  kind: 'write',
  file: 'package.json',
  text: `${JSON.stringify({ private: true, madeFrom, dependencies }, null, 2)}\n`,
});

export function npmInstall(title: string, more: readonly string[], advice: string): Stage {
  const quiet = ['--no-audit', '--no-fund', '--no-package-lock', '--omit=dev', '--loglevel=error'];
  return {
    kind: 'command',
    title,
    programs: ['npm'],
    args: ['install', ...quiet, ...more],
    missing: 'npm was not found on the PATH. Install Node.js with npm (https://nodejs.org) and try again.',
    failed: `npm could not install @tensorflow/tfjs-node ${TFJS_NODE}`,
    advice,
  };
}
