import { UserError } from '../../config/errors';
import { binding, compile } from './compile';
import lock from './locks/native.json';
import { npmInstall } from './npm';
import { accept, type Machine, type SetupPlan, type Stage } from './stage';
import { unpack } from './unpack';
import { nameOf, wheelFor, type Wheel } from './wheels';

const PACKAGE = `@tensorflow/tfjs-node ${lock.packages[''].dependencies['@tensorflow/tfjs-node']}`;
const NPM_BYTES = 76_000_000;
/** Packages, the wheel and what is unpacked of it. */
const SPACE = 1_160_000_000;

/** @throws UserError where there is no library whose hash is known */
export function planNativeSetup(machine: Machine): SetupPlan {
  const wheel = wheelFor(machine);
  if (wheel === null)
    throw new UserError(
      `The native engine cannot be set up on ${machine.platform} ${machine.arch}: only on Linux x64 and macOS arm64 is there a build of libtensorflow that can be checked. The portable engine works here; @tensorflow/tfjs-node is used too where it is installed beside Distillery.`,
    );
  return planWheelSetup(wheel);
}

/**
 * Npm without install scripts; libtensorflow out of Python’s wheel; the binding compiled here. The package’s own script
 * would fetch library and binding from Google’s storage, where no hash of them is known.
 */
export function planWheelSetup(wheel: Wheel): SetupPlan {
  const madeFrom = `${PACKAGE}, ${nameOf(wheel)}`;
  return {
    madeFrom,
    downloadBytes: NPM_BYTES + wheel.bytes,
    spaceBytes: SPACE,
    stages: [
      ...toolChecks,
      ...npmInstall(PACKAGE, madeFrom, lock),
      ...unpack(wheel),
      ...compile(wheel),
      { kind: 'expect', file: binding, otherwise: 'The compiler wrote no binding.' },
      accept,
    ],
  };
}

/** Before anything is downloaded. */
export const toolChecks: readonly Stage[] = [
  {
    kind: 'command',
    title: 'looks for Python with pip',
    programs: ['python3'],
    args: ['-m', 'pip', '--version'],
    missing:
      'python3 was not found on the PATH; it fetches libtensorflow. Install Python 3 with pip and try again.',
    failed: 'python3 has no pip, which fetches libtensorflow',
    advice: 'Install it (Debian and Ubuntu: apt install python3-pip) and try again.',
  },
  {
    kind: 'command',
    title: 'looks for a C++ compiler',
    programs: ['c++', 'g++', 'clang++'],
    args: ['--version'],
    missing:
      'No C++ compiler (c++, g++ or clang++) was found on the PATH. Install one (Debian and Ubuntu: apt install g++; macOS: xcode-select --install) and try again.',
    failed: 'The C++ compiler does not run',
    advice: 'Repair it and try again.',
  },
];
