import { UserError } from '../../config/errors';
import { WEBGPU } from '../../engines/gpuPlace';
import lock from './locks/gpu.json';
import { npmInstall } from './npm';
import { accept, type Machine, type SetupPlan } from './stage';

const PACKAGE = `${WEBGPU.name} ${WEBGPU.version}`;
const BUILDS = `node_modules/${WEBGPU.name}/dist`;
/** Folders of Dawn's builds, by platform and processor. */
const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-universal', 'win32-x64', 'win32-arm64'];
/** Of the builds for all platforms, which are one package: 51.3 MB, and what npm asks its registry. */
const DOWNLOAD = 52_000_000;
/** Those unpacked; once the others are dropped, the build for one platform takes 20 to 40 MB. */
const SPACE = 140_000_000;

/** Dawn is in the package, compiled: nothing is fetched but by npm, and no script of the package has to run. */
export function planGpuSetup({ platform, arch }: Machine): SetupPlan {
  const mine = `${platform}-${platform === 'darwin' ? 'universal' : arch}`;
  if (!PLATFORMS.includes(mine))
    throw new UserError(
      `There is no build of WebGPU for ${platform} ${arch}: only for ${PLATFORMS.join(', ')}. Use another engine.`,
    );
  return {
    madeFrom: PACKAGE,
    downloadBytes: DOWNLOAD,
    spaceBytes: SPACE,
    stages: [
      ...npmInstall(PACKAGE, PACKAGE, lock),
      {
        kind: 'expect',
        file: `${BUILDS}/${mine}/dawn.node`,
        otherwise: `npm installed ${PACKAGE} without its build for ${mine}.`,
      },
      ...PLATFORMS.filter((other) => other !== mine).map((other) => ({
        kind: 'remove' as const,
        path: `${BUILDS}/${other}`,
      })),
      accept,
    ],
  };
}
