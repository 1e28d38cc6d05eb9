import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { UserError } from '../../../src/config/errors';
import { formatNpy, parseNpy } from '../../../src/data/npy';
import { npyHeader } from '../../../src/data/npyHeader';
import { openNpyRows } from '../../../src/data/npyRows';

const folder = mkdtempSync(join(tmpdir(), 'rows-'));
const file = join(folder, 'a.npy');
afterAll(() => rmSync(folder, { recursive: true }));

const matrix = (rows: number, columns: number) =>
  Float32Array.from({ length: rows * columns }, (_, i) => i / 7);

describe('rows of a matrix in a file', () => {
  test.each([
    ['read at once', undefined],
    ['read row by row', 0],
  ])('are those of the matrix, in any order: %s', (_, atOnce) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.nat()),
        (rows, columns, wanted) => {
          const values = matrix(rows, columns);
          writeFileSync(file, formatNpy(values, [rows, columns]));
          const open = openNpyRows(file, atOnce);
          const asked = wanted.map((row) => row % rows);
          const taken = open.take(asked);
          open.close();
          expect(open.shape).toEqual([rows, columns]);
          expect([...taken]).toEqual(
            asked.flatMap((row) => [...values.subarray(row * columns, (row + 1) * columns)]),
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  test('a header that is written can be read', () => {
    for (const shape of [[3], [2, 5], [1_000_000, 10]]) {
      const header = npyHeader(shape);
      expect(header.length % 64).toBe(0);
      if (shape[0]! > 10) continue;
      const values = matrix(shape[0]!, shape[1] ?? 1);
      const bytes = Buffer.concat([header, Buffer.from(values.buffer)]);
      expect(parseNpy(bytes, 'a')).toEqual({ shape, data: values });
    }
  });

  test('a truncated or too long file, or one of another type, is an error', () => {
    const bytes = formatNpy(matrix(4, 3), [4, 3]);
    for (const spoil of [
      () => truncateSync(file, bytes.length - 4),
      () => appendFileSync(file, 'more'),
      () => writeFileSync(file, formatNpy(Int32Array.of(1, 2), [2, 1])),
      () => writeFileSync(file, 'nothing'),
    ]) {
      writeFileSync(file, bytes);
      spoil();
      expect(() => openNpyRows(file)).toThrow(UserError);
    }
  });
});
