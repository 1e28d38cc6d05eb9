import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { bundles } from '../../scripts/lib/bundles.mjs';

/** The folders of the packages that end up in a bundle, copies told apart. */
async function packagesIn(name: keyof typeof bundles): Promise<Set<string>> {
  const { metafile } = await build({ ...bundles[name], write: false, metafile: true });
  return new Set(
    Object.values(metafile?.outputs ?? {})
      .flatMap((output) => Object.entries(output.inputs))
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => /.*node_modules\/((@[^/]+\/)?[^/]+)/.exec(path)?.[0])
      .filter((folder) => folder !== undefined),
  );
}

const tensorflow = (packages: Set<string>) =>
  [...packages].filter((folder) => folder.includes('@tensorflow/'));

describe('bundles', () => {
  it.each(['extension', 'cli', 'runner', 'data', 'webview'] as const)(
    '%s holds no TensorFlow.js',
    async (name) => {
      expect(tensorflow(await packagesIn(name))).toEqual([]);
    },
  );

  it.each(['extension', 'cli', 'runner'] as const)('%s reads no data set itself', async (name) => {
    const { metafile } = await build({ ...bundles[name], write: false, metafile: true });
    expect(Object.keys(metafile?.inputs ?? {})).not.toContain('src/data/load.ts');
  });

  it('trainer holds one tfjs-core, and it is the project’s own', async () => {
    const cores = tensorflow(await packagesIn('trainer')).filter((folder) => folder.endsWith('/tfjs-core'));
    expect(cores).toEqual(['node_modules/@tensorflow/tfjs-core']);
  });
});
