import { binding, bindingFolder, compile, deps } from './compile';
import { manifest, npmInstall, withoutScripts } from './npm';
import { accept, type Machine, type Stage, type Way } from './stage';
import { lookForTools } from './tools';
import { unpack } from './unpack';
import { nameOf, wheelFor, type Wheel } from './wheels';

/** The one that the TensorFlow.js of this extension goes with. */
const TFJS_NODE = '4.22.0';
const NODE_API_HEADERS = '1.9.0';
const PACKAGE = `@tensorflow/tfjs-node ${TFJS_NODE}`;
const NPM_BYTES = 76_000_000;
const NPM_SPACE = 310_000_000;
/** Libtensorflow 2.9.1 from Google’s storage, unpacked with the archive beside it: about as the wheel. */
const LIBTENSORFLOW_BYTES = 200_000_000;
const LIBTENSORFLOW_SPACE = 850_000_000;

export function nativeWays(machine: Machine): Way[] {
  const wheel = wheelFor(machine);
  return [npmWay(machine), ...(wheel === null ? [] : [wheelWay(wheel)])];
}

/** The package’s own way: its install script fetches libtensorflow and a compiled binding. */
function npmWay(machine: Machine): Way {
  const madeFrom = PACKAGE;
  return {
    id: 'npm',
    title: 'the package’s own install script',
    madeFrom,
    downloadBytes: NPM_BYTES + LIBTENSORFLOW_BYTES,
    spaceBytes: NPM_SPACE + LIBTENSORFLOW_SPACE,
    stages: [
      manifest(madeFrom, { '@tensorflow/tfjs-node': TFJS_NODE }),
      npmInstall(PACKAGE, {
        title: `npm installs ${PACKAGE}, which fetches libtensorflow`,
        advice:
          'Its install script fetches libtensorflow from Google’s storage, which this network may not reach' +
          (machine.platform === 'win32'
            ? '; set HTTPS_PROXY, or TFJS_NODE_CDN_STORAGE to a mirror. On Windows there is no other way yet.'
            : '.'),
      }),
      { kind: 'expect', file: binding, otherwise: 'npm did not run the package’s install script.' },
      ...(machine.platform === 'win32' ? [libraryBesideBinding] : []),
      accept,
    ],
  };
}

/** Npm without install scripts; libtensorflow out of Python’s wheel; the binding compiled here. */
function wheelWay(wheel: Wheel): Way {
  const madeFrom = `${PACKAGE}, ${nameOf(wheel)}`;
  return {
    id: 'wheel',
    title: 'Python’s wheel of TensorFlow',
    madeFrom,
    downloadBytes: NPM_BYTES + wheel.bytes,
    spaceBytes: NPM_SPACE + LIBTENSORFLOW_SPACE,
    stages: [
      ...lookForTools,
      manifest(madeFrom, { '@tensorflow/tfjs-node': TFJS_NODE, 'node-api-headers': NODE_API_HEADERS }),
      npmInstall(PACKAGE, withoutScripts),
      ...unpack(wheel),
      ...compile(wheel),
      accept,
    ],
  };
}

/**
 * Windows looks for a library beside what needs it. The install script puts it into the folder of the newest C interface
 * that Node knows (napi-v9, napi-v10), where its compiled binding, which stays in napi-v8, does not find it. Untried.
 */
const libraryBesideBinding: Stage = {
  kind: 'copy',
  from: `${deps}/lib/tensorflow.dll`,
  to: `${bindingFolder}/tensorflow.dll`,
  otherwise: 'The package’s install script left no library.',
};
