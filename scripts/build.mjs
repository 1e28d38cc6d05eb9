// `npm run build`: builds dist/. --production minifies it and omits source maps.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { bundles } from './lib/bundles.mjs';
import { notices } from './lib/notices.mjs';
import { root } from './lib/setup.mjs';
import { wasmFiles } from './lib/wasm.mjs';

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
for (const file of wasmFiles) await cp(file, join(dist, 'wasm', basename(file)));
