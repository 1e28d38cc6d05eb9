import type { Stage } from './stage';
import type { Wheel } from './wheels';

const tfjsNode = 'node_modules/@tensorflow/tfjs-node';
export const deps = `${tfjsNode}/deps`;
/** Where tfjs-node looks for its binding: 8 is the version of Node's C interface that it is compiled for. */
export const bindingFolder = `${tfjsNode}/lib/napi-v8`;
export const binding = `${bindingFolder}/tfjs_binding.node`;

/** The package's own two C++ files: TensorFlow's C interface on one side, Node's on the other. Neither needs node-gyp. */
export function compile(wheel: Wheel): Stage[] {
  return [
    { kind: 'folder', path: bindingFolder },
    {
      kind: 'command',
      title: 'compiles the binding',
      programs: ['c++', 'g++', 'clang++'],
      args: [
        ...['-O2', '-std=c++17', '-fPIC', '-fno-exceptions', '-DNAPI_VERSION=8'],
        ...['node_modules/node-api-headers/include', tfjsNode, `${deps}/include`].map((path) => `-I${path}`),
        ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => `${tfjsNode}/binding/${file}`),
        ...['-o', binding, `-L${deps}/lib`],
        ...wheel.compilerArguments,
        ...['-ltensorflow', '-ltensorflow_framework'],
      ],
      missing: 'The C++ compiler is no longer on the PATH.',
      failed: 'The binding between Node.js and libtensorflow could not be compiled',
      advice: 'It needs a C++ compiler that knows C++17: g++ 8 or clang 7, or newer.',
    },
  ];
}
