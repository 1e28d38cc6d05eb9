// `npm run build`: dist/, with all that runs. --production minifies it and leaves out the source maps.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { bundles } from './lib/bundles.mjs';
import { notices } from './lib/notices.mjs';
import { root } from './lib/setup.mjs';

const WASM = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'];

const production = process.argv.includes('--production');
const dist = join(root, 'dist');

await rm(dist, { recursive: true, force: true });
await mkdir(join(dist, 'wasm'), { recursive: true });
const built = await Promise.all(
  Object.values(bundles).map((bundle) =>
    build({ ...bundle, metafile: true, minify: production, sourcemap: production ? false : 'linked' }),
  ),
);
await writeFile(
  join(dist, 'NOTICES.txt'),
  notices(built.flatMap(({ metafile }) => Object.keys(metafile.inputs))),
);
const backend = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'));
for (const file of WASM) await cp(join(backend, 'dist', file), join(dist, 'wasm', file));
