import type { Machine } from './stage';

/** A wheel of Python's TensorFlow that carries the shared libraries under tfjs-node, and how to get and link them. */
export interface Wheel {
  /** As pip names it. */
  package: string;
  version: string;
  /** For `pip download`: which of its wheels; this Python's own version does not matter. */
  pipPlatform: string;
  bytes: number;
  /** Name of the file. */
  file: string;
  /** Of the file, hexadecimal: another one is not unpacked. */
  sha256: string;
  /** In the wheel, below tensorflow/. */
  libraries: readonly string[];
  /** The names that the binding is linked with, and the library for each. */
  links: Readonly<Record<string, string>>;
  /** For the C++ compiler, beyond what is the same everywhere. */
  compilerArguments: readonly string[];
}

/** The smallest download of the versions that are known to work: 2.12.0 has 232 MB, 2.21.0 has 274. */
const linux: Wheel = {
  package: 'tensorflow-cpu',
  version: '2.15.1',
  pipPlatform: 'manylinux_2_17_x86_64',
  bytes: 207_208_420,
  file: 'tensorflow_cpu-2.15.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
  sha256: '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26',
  libraries: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
  links: {
    'libtensorflow.so': 'libtensorflow_cc.so.2',
    'libtensorflow_framework.so': 'libtensorflow_framework.so.2',
  },
  // All names are looked up when the binding is loaded: a library that lacks one is found out then, not in a training.
  compilerArguments: ['-shared', '-Wl,-rpath,$ORIGIN/../../deps/lib', '-Wl,-z,now'],
};

/** The first version for macOS whose wheel is whole; before, it was an empty one that names another package. Untried. */
const macos: Wheel = {
  package: 'tensorflow',
  version: '2.16.2',
  pipPlatform: 'macosx_12_0_arm64',
  bytes: 227_025_342,
  file: 'tensorflow-2.16.2-cp311-cp311-macosx_12_0_arm64.whl',
  sha256: '2c8a0e79395639b762e62002db99b2f6cc608f744312c9940899c1128f325331',
  libraries: ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'],
  links: {
    'libtensorflow.dylib': 'libtensorflow_cc.2.dylib',
    'libtensorflow_framework.dylib': 'libtensorflow_framework.2.dylib',
  },
  compilerArguments: ['-bundle', '-undefined', 'dynamic_lookup', '-Wl,-rpath,@loader_path/../../deps/lib'],
};

export const nameOf = (wheel: Wheel) => `${wheel.package} ${wheel.version}`;

/** Null where no wheel is known to carry what is needed: those for Windows keep all of it in Python's own extension. */
export function wheelFor({ platform, arch }: Machine): Wheel | null {
  if (platform === 'linux' && arch === 'x64') return linux;
  if (platform === 'darwin' && arch === 'arm64') return macos;
  return null;
}
