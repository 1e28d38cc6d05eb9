import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataSchema } from '../../../src/config/data';
import { describeData } from '../../../src/data/load';
import { roundedColumns } from '../../../src/data/rounding';
import { inspectTable } from '../../../src/data/table/inspect';
import { workspace } from '../config/workspace';

const rows = Array.from({ length: 100 }, (_, i) => i);

describe('digits that float32 does not keep', () => {
  const csv = (offset: number) =>
    `a,t,kind\n${rows.map((i) => `${i % 7},${offset + ((i * 37) % 60)},${'xy'[i % 2]}`).join('\n')}\n`;

  it('are found in a table, by column', async () => {
    const folder = workspace();
    const rounded = async (offset: number) => {
      writeFileSync(join(folder, 'data.csv'), csv(offset));
      const config = dataSchema.parse({ source: 'csv', file: 'data.csv', label: 'kind' });
      return (await describeData(config, folder)).rounded;
    };
    expect(await rounded(1e6)).toEqual([]);
    expect(await rounded(1e9)).toMatchObject([{ column: 't', step: 64 }]);
    const look = await inspectTable(join(folder, 'data.csv'));
    expect(look.columns[1]).toMatchObject({ key: 't', leaveOut: true });
    expect(look.columns[1]?.taken).toContain('lose digits');
  });

  it('are found in a float64 NPY file', async () => {
    const npy = (type: string, shape: string, values: Float64Array | Int32Array) => {
      const header = `{'descr': '${type}', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117) + '\n';
      const start = Buffer.from(`\x93NUMPY\x01\x00\x76\x00${header}`, 'latin1');
      return Buffer.concat([start, Buffer.from(values.buffer)]);
    };
    const inputs = Float64Array.from(rows.flatMap((i) => [i, 1e9 + i, i / 7]));
    const folder = workspace({
      'x.npy': npy('<f8', '(100, 3)', inputs),
      'y.npy': npy(
        '<i4',
        '(100,)',
        Int32Array.from(rows, (i) => i % 2),
      ),
    });
    const config = dataSchema.parse({ source: 'npy', inputs: 'x.npy', labelFile: 'y.npy' });
    expect((await describeData(config, folder)).rounded).toMatchObject([{ column: 1, step: 64 }]);
  });

  it('are not found in constant columns', () => {
    expect(roundedColumns([0.1, 0.1, 0.1], 1)).toEqual([]);
    expect(roundedColumns([0.3, 0.1 + 0.2, 0.3], 1)).toEqual([]);
    expect(roundedColumns([NaN, NaN], 1)).toEqual([]);
  });

  it('are not found where float32 keeps three digits of the standard deviation', () =>
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 50 }),
        fc.integer({ min: 0, max: 8 }),
        (values, power) => {
          const column = values.map((value) => value + 10 ** power);
          const mean = column.reduce((a, b) => a + b, 0) / column.length;
          const sd = Math.sqrt(column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / column.length);
          const worst = Math.max(...column.map((v) => Math.abs(v - Math.fround(v))));
          const [found] = roundedColumns(column, 1);
          if (worst < 0.0009 * sd) expect(found).toBeUndefined();
          if (found) expect(worst).toBeLessThanOrEqual(found.step / 2);
        },
      ),
    ));
});
