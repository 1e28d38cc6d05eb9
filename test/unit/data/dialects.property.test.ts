import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dataSchema } from '../../../src/config/data';
import { separators } from '../../../src/config/table';
import { range } from '../../../src/data/inputs';
import { loadData } from '../../../src/data/load';

fc.configureGlobal({ seed: 0 });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'distillery-dialects-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const number = fc.integer({ min: -99_999, max: 99_999 }).map((value) => value / 1000);
const words = ['red', 'blue; dark', 'green, light', 'a|b', 'with "quotes"', 'two\nlines', ' ', 'é'];
const table = fc
  .record({ width: fc.integer({ min: 1, max: 5 }), rows: fc.integer({ min: 6, max: 30 }) })
  .chain(({ width, rows }) =>
    fc.record({
      numbers: fc.array(fc.array(number, { minLength: width, maxLength: width }), {
        minLength: rows,
        maxLength: rows,
      }),
      categories: fc.array(fc.constantFrom(...words.filter((word) => word.trim() !== '')), {
        minLength: rows,
        maxLength: rows,
      }),
    }),
  );
const dialect = fc.record({
  separator: fc.constantFrom(...separators),
  decimal: fc.constantFrom('.', ','),
  ending: fc.constantFrom('\n', '\r\n'),
  header: fc.boolean(),
  quoted: fc.boolean(),
  mark: fc.boolean(),
  comment: fc.boolean(),
  lastEnding: fc.boolean(),
});
type Table = typeof table extends fc.Arbitrary<infer T> ? T : never;
type Written = typeof dialect extends fc.Arbitrary<infer T> ? T : never;

/** As a program writes it: quotes where a cell needs them. */
function write({ numbers, categories }: Table, to: Written): string {
  const cell = (text: string) =>
    to.quoted || separators.some((one) => text.includes(one)) || /["\n]/.test(text)
      ? `"${text.replaceAll('"', '""')}"`
      : text;
  const rows = numbers.map((row, i) => [
    ...row.map((value) => String(value).replace('.', to.decimal)),
    categories[i]!,
    `k${i % 2}`,
  ]);
  // A number that can be read in one way only: nobody can tell 1,234 alone.
  rows[0]![0] = `0${to.decimal}5`;
  const names = [...numbers[0]!.map((_, c) => `x ${c}`), 'colour', 'kind'];
  const lines = [...(to.header ? [names] : []), ...rows].map((row) => row.map(cell).join(to.separator));
  if (to.comment) lines.unshift('# written by a program');
  return (to.mark ? '\uFEFF' : '') + lines.join(to.ending) + (to.lastEnding ? to.ending : '');
}

it('a table is the same data in every dialect', async () => {
  await fc.assert(
    fc.asyncProperty(table, dialect, async (values, to) => {
      // Without a header a category that is nowhere else may be a name.
      fc.pre(to.header || values.categories.indexOf(values.categories[0]!, 1) > 0);
      writeFileSync(join(folder, 'table.csv'), write(values, to));
      const config = dataSchema.parse({ source: 'csv', file: 'table.csv', label: to.header ? 'kind' : -1 });
      const data = await loadData(config, folder);
      const width = values.numbers[0]!.length;
      const names = [...new Set(values.categories)].sort();
      expect(data.table).toMatchObject({ separator: to.separator, decimal: to.decimal, header: to.header });
      expect(data.table?.categories[0]?.names).toEqual(names);
      expect(data.classes).toEqual(['k0', 'k1']);
      const taken = data.inputs.take(range(0, data.count));
      for (const [i, row] of values.numbers.entries()) {
        const expected = [i === 0 ? 0.5 : row[0]!, ...row.slice(1)].map((value) => Math.fround(value) + 0);
        const found = taken.subarray(i * (width + names.length));
        expect([...found.subarray(0, width)].map((value) => value + 0)).toEqual(expected);
        expect(found[width + names.indexOf(values.categories[i]!)]).toBe(1);
      }
    }),
    { numRuns: 150 },
  );
});
