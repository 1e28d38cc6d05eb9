// `npm run kernels`: compiles the portable engine's kernels, src/engines/portable/module/*.c, to WebAssembly. The output
// is checked in, so that other builds need no compiler. --check compiles again and compares byte by byte.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ARTEFACTS, compile, compilerVersion, hashes, record, VARIANTS } from './lib/kernels.mjs';

const check = process.argv.includes('--check');
const recordFile = join(ARTEFACTS, 'build.json');
const folder = check ? mkdtempSync(join(tmpdir(), 'distillery-kernels-')) : ARTEFACTS;

try {
  for (const variant of VARIANTS) compile(variant, join(folder, variant.file));
  const now = record(compilerVersion(), hashes(folder));
  if (check) compare(now);
  else writeFileSync(recordFile, now);
} finally {
  if (check) rmSync(folder, { recursive: true });
}

/** @param {string} now */
function compare(now) {
  const same = VARIANTS.every(({ file }) =>
    readFileSync(join(folder, file)).equals(readFileSync(join(ARTEFACTS, file))),
  );
  if (same && readFileSync(recordFile, 'utf8') === now) return;
  console.error(
    `What ${ARTEFACTS} holds is not what the sources give with this compiler: run \`npm run kernels\`.`,
  );
  process.exitCode = 1;
}
