import type { Stage } from './stage';

/** Before anything is downloaded. */
export const lookForTools: readonly Stage[] = [
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
    advice: 'Mend it and try again.',
  },
];
