// Makes src/data/digits/packed.ts from scikit-learn's copy of the digits: node scripts/pack-digits.mjs <digits.csv.gz>
// The file is in the scikit-learn wheel (pip download --no-deps scikit-learn) as sklearn/datasets/data/digits.csv.gz.
// Packed: 1797 × 64 pixels (0–16), then 1797 labels, one byte each, deflated, base64.
import { readFile, writeFile } from 'node:fs/promises';
import { deflateRawSync, constants, gunzipSync } from 'node:zlib';

const [, , source] = process.argv;
const rows = gunzipSync(await readFile(source))
  .toString('ascii')
  .trim()
  .split('\n')
  .map((line) => line.split(',').map(Number));
if (rows.length !== 1797 || rows.some((row) => row.length !== 65))
  throw new Error('Not 1797 rows of 65 numbers');
const bytes = Buffer.from([...rows.flatMap((row) => row.slice(0, 64)), ...rows.map((row) => row[64])]);
const packed = deflateRawSync(bytes, { level: 9, memLevel: 9, strategy: constants.Z_DEFAULT_STRATEGY });
const out = new URL('../src/data/digits/packed.ts', import.meta.url);
await writeFile(
  out,
  `// Made by scripts/pack-digits.mjs; origin and licence: ATTRIBUTION.md beside this file.\nexport const packedDigits =\n  '${packed.toString('base64')}';\n`,
);
