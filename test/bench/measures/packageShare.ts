import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { root } from '../contenders';

/** What the portable engine adds to the package, in MB, not compressed. */
export interface PackageShare {
  webAssembly: number;
  /** Of the trainer’s bundle: what registers and replaces kernels. */
  backend: number;
  /** The same bundle’s TensorFlow.js without the backend, which every engine needs. */
  tensorflow: number;
}

export async function packageShare(): Promise<PackageShare> {
  const { bundles } = (await import(join(root, 'scripts/lib/bundles.mjs'))) as {
    bundles: Record<'trainer', BuildOptions>;
  };
  const { metafile } = await build({ ...bundles.trainer, minify: true, metafile: true, write: false });
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  const bytesOf = (pattern: RegExp) =>
    inputs
      .filter(([path]) => pattern.test(path))
      .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
  const wasm = join(root, 'dist/wasm');
  const files = readdirSync(wasm).map((file) => statSync(join(wasm, file)).size);
  return {
    webAssembly: files.reduce((a, b) => a + b, 0) / 1e6,
    backend: bytesOf(/tfjs-backend-wasm|^src\/engines\/portable/) / 1e6,
    tensorflow: bytesOf(/tfjs-(core|layers)/) / 1e6,
  };
}
