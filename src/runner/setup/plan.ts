import { UserError } from '../../config/errors';
import { binding, bindingFolder, compile, deps } from './compile';
import { manifest, NODE_API_HEADERS, npmInstall, TFJS_NODE } from './npm';
import type { Machine, Stage, Way } from './stage';
import { lookForTools } from './tools';
import { unpack } from './unpack';
import { nameOf, wheelFor, type Wheel } from './wheels';

const PACKAGE = `@tensorflow/tfjs-node ${TFJS_NODE}`;
const NPM_BYTES = 76_000_000;
const NPM_SPACE = 310_000_000;
/** Libtensorflow 2.9.1 from Google’s storage, unpacked with the archive beside it: about as the wheel. */
const LIBTENSORFLOW_BYTES = 200_000_000;
const LIBTENSORFLOW_SPACE = 850_000_000;

/**
 * The ways to set up the native engine on a machine, to be tried in this order.
 *
 * @param from one way alone, instead of all
 * @throws UserError where that way does not exist here
 */
export function planSetup(machine: Machine, from?: Way['id']): Way[] {
  const wheel = wheelFor(machine);
  const ways = [npmWay(machine), ...(wheel === null ? [] : [wheelWay(wheel)])];
  const wanted = ways.filter((way) => from === undefined || way.id === from);
  if (wanted.length === 0)
    throw new UserError(
      `There is no wheel of Python’s TensorFlow to take libtensorflow from on ${machine.platform} ${machine.arch}: only for Linux x64 and macOS arm64. Use "--from npm", or stay with the portable engine.`,
    );
  return wanted;
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
      npmInstall(
        `npm installs @tensorflow/tfjs-node ${TFJS_NODE}, which fetches libtensorflow`,
        [],
        'Its install script fetches libtensorflow from Google’s storage, which this network may not reach' +
          (machine.platform === 'win32'
            ? '; set HTTPS_PROXY, or TFJS_NODE_CDN_STORAGE to a mirror. On Windows there is no other way yet.'
            : '.'),
      ),
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
      npmInstall(
        `npm installs @tensorflow/tfjs-node ${TFJS_NODE}`,
        ['--ignore-scripts'],
        'Check the network and npm’s registry setting.',
      ),
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

const accept: Stage = { kind: 'accept', title: 'trains a small network in a process of its own' };

/** What a person is asked to agree to. */
export function costOf(ways: readonly Way[]): { downloadBytes: number; spaceBytes: number } {
  return {
    downloadBytes: Math.max(...ways.map((way) => way.downloadBytes)),
    spaceBytes: Math.max(...ways.map((way) => way.spaceBytes)),
  };
}
