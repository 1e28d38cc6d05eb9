import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataSchema } from '../../../src/config/data';
import { UserError } from '../../../src/config/errors';
import { tableLines } from '../../../src/config/table';
import type { DataSet } from '../../../src/data/dataSet';
import { range } from '../../../src/data/inputs';
import { loadData } from '../../../src/data/load';
import { splitRows } from '../../../src/data/split';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'distillery-tables-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const read = (content: string | Uint8Array, options: object = {}) => {
  writeFileSync(join(folder, 'data.csv'), content);
  return loadData(dataSchema.parse({ source: 'csv', file: 'data.csv', label: 'kind', ...options }), folder);
};
const all = ({ inputs, count }: DataSet) => [...inputs.take(range(0, count))];
async function errorOf(content: string | Uint8Array, options: object = {}): Promise<UserError> {
  const error: unknown = await read(content, options).then(
    () => null,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}
const noHeader = { header: undefined, label: -1 };

describe('a table in another dialect', () => {
  const plain = 'a,b,kind\n0.5,-1.25,x\n3,0.0625,y\n1e2,7,x\n';

  it.each([
    ['semicolons', 'a;b;kind\n0.5;-1.25;x\n3;0.0625;y\n1e2;7;x\n', {}],
    ['semicolons and decimal commas', 'a;b;kind\n0,5;-1,25;x\n3;0,0625;y\n1e2;7;x\n', {}],
    ['tabs', 'a\tb\tkind\n0.5\t-1.25\tx\n3\t0.0625\ty\n1e2\t7\tx\n', {}],
    ['vertical bars and decimal commas', 'a|b|kind\n0,5|-1,25|x\n3|0,0625|y\n1e2|7|x\n', {}],
    ['commas and quoted decimal commas', 'a,b,kind\n"0,5","-1,25",x\n3,"0,0625",y\n1e2,7,x\n', {}],
    ['quotes around everything', '"a","b","kind"\n"0.5","-1.25","x"\n"3","0.0625","y"\n"1e2","7","x"\n', {}],
    ['mixed line endings', 'a,b,kind\r\n0.5,-1.25,x\n3,0.0625,y\r\n1e2,7,x', {}],
    ['old line endings', plain.replaceAll('\n', '\r'), {}],
    ['a byte order mark', `\uFEFF${plain}`, {}],
    ['UTF-16', Buffer.from(`\uFEFF${plain.replaceAll(',', '\t')}`, 'utf16le'), {}],
    ['comments', `# of x, y, "z\n# more\n${plain.replace('3,', '# in the middle\n3,')}`, {}],
    ['the line of Excel', `sep=;\r\n${plain.replaceAll(',', ';')}`, {}],
    ['empty lines and rows', `\n${plain}\n,,\n`, {}],
    ['spaces around cells', 'a , b, kind \n 0.5, -1.25, x\n3 ,0.0625 ,"y"\n1e2,7, x\n', {}],
    ['no header', plain.slice(plain.indexOf('\n') + 1), noHeader],
    ['no header, decimal commas', '0,5;-1,25;x\n3;0,0625;y\n1e2;7;x\n', noHeader],
    ['numbers as names', '0,1,2\n0.5,-1.25,x\n3,0.0625,y\n1e2,7,x\n', { label: 2 }],
    ['a given separator', 'a;b;kind\n0.5;-1.25;x\n3;0.0625;y\n1e2;7;x\n', { separator: ';' }],
    ['another comment sign', `%,1,2\n${plain}`, { comment: '%' }],
    [
      'columns that are ignored',
      'id,a,b,kind\nx9,0.5,-1.25,x\nx8,3,0.0625,y\nx7,1e2,7,x\n',
      { ignore: ['id'] },
    ],
    ['chosen columns', 'id,a,b,kind\nx9,0.5,-1.25,x\nx8,3,0.0625,y\nx7,1e2,7,x\n', { columns: ['b', 1] }],
  ])('%s: the same data', async (_, content, options) => {
    const data = await read(content, options);
    expect(data.classes).toEqual(['x', 'y']);
    expect(all(data)).toEqual([0.5, -1.25, 3, 0.0625, 100, 7]);
    expect(data.hash).toBe((await read(plain)).hash);
  });

  it('has the hash that it had when only commas and points were read', async () => {
    expect((await read(plain)).hash).toBe('b9a680ab05538b62a8bdb8ee0c28045965df584e40cbb46c42ccfc2f8c457b49');
  });

  it('reads one decimal digit without a header as a number', async () => {
    const data = await read('3,6;1\n2,5;0\n1,1;1\n', noHeader);
    expect(data.classes).toEqual(['0', '1']);
    expect(all(data)).toEqual([3.6, 2.5, 1.1].map(Math.fround));
    expect(data.table).toMatchObject({ separator: ';', decimal: ',', header: false });
  });

  it('reads names in Latin-1, and separators within quotes', async () => {
    const data = await read(Buffer.from('Größe;"Art; genau"\n1,5;"a;b"\n2,5;c\n', 'latin1'), {
      label: 'Art; genau',
    });
    expect(data.classes).toEqual(['a;b', 'c']);
    expect(data.table).toMatchObject({ encoding: 'windows-1252', inputs: ['Größe'] });
  });
});

describe('the encoding', () => {
  const utf8 = Buffer.from(`a,city,kind\n1,Köln,x\n2,Paris,y\n3,Łódź,x\n`);
  const broken = Buffer.concat([utf8, Buffer.from('4,Köln,y\n', 'latin1')]);

  it('of a UTF-8 file with one other byte is an error with line and byte', async () => {
    const { message } = await errorOf(broken);
    expect(message).toContain('line 5: byte 4 of the line (0xF6, near "4,K\uFFFDln,y") is not valid UTF-8');
    expect(message).toContain('"encoding": "utf-8"');
    const marked = Buffer.concat([Buffer.from('\uFEFFa,kind\n1,x\n'), Buffer.from('2,é\n', 'latin1')]);
    expect((await errorOf(marked)).message).toContain('line 3: byte 3 of the line (0xE9');
  });

  it('can be set', async () => {
    const names = async (encoding: string) =>
      (await read(broken, { encoding })).table?.categories[0]?.names ?? [];
    expect(await names('utf-8')).toEqual(['Köln', 'K\uFFFDln', 'Paris', 'Łódź']);
    expect(await names('windows-1252')).toContain('Köln');
    const unmarked = Buffer.from('a\tkind\n1\tx\n2\ty\n', 'utf16le');
    expect((await read(unmarked, { encoding: 'utf-16le' })).classes).toEqual(['x', 'y']);
  });

  it('is windows-1252 for a file in it, even if two of its bytes look like a UTF-8 character', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${i},${['Köln', 'Orléans'][i % 2]},${'xy'[i % 2]}`);
    const content = Buffer.from(`a,city,kind\n${rows.join('\n')}\n40,CAFÉ»,x\n`, 'latin1');
    const { table } = await read(content);
    expect(table).toMatchObject({ encoding: 'windows-1252' });
    expect(table?.categories[0]?.names).toEqual(['CAFÉ»', 'Köln', 'Orléans']);
  });
});

describe('cells that are not numbers', () => {
  const column = (...cells: string[]) =>
    `a;b;kind\n${cells.map((cell, i) => `0.5;${cell};${'xy'[i % 2]}`).join('\n')}\n`;

  it.each([
    ['hexadecimal', column('1', '0x1F'), 'line 3, column b: "0x1F" is hexadecimal'],
    ['a column of them', column('0x1E', '0x1F'), 'line 2, column b: "0x1E" is hexadecimal'],
    ['infinity', column('1', '-Infinity'), 'line 3, column b: "-Infinity" is infinite'],
    ['too large', column('1', '1e39'), 'line 3, column b: "1e39" is too large'],
    ['spaces', column('1', '1 234'), 'line 3, column b: "1 234" is a number with thousands separators'],
    ['other spaces', column('1', '12 34'), 'line 3, column b: "12 34" is not a number: remove spaces'],
    [
      'German thousands',
      column('1', '1.234,5').replaceAll('0.5', '0,5'),
      '"1.234,5" is a number with thousands sep',
    ],
    ['English thousands', column('1', '1,234.5'), '"1,234.5" is a number with thousands separators'],
    ['Swiss thousands', column('1', "1'234.5"), `"1'234.5" is a number with thousands separators`],
    ['two groups', column('1', '1.234.567'), '"1.234.567" is a number with thousands separators'],
    ['the other decimal sign', column('1', '2,5'), '"2,5" is a number whose decimal sign is not "."'],
    ['percent', column('1', '5 %'), '"5 %" is a number with a percent or per mille sign'],
    ['a currency', column('1', '€5'), '"€5" is an amount with a currency'],
    ['a word among numbers', column('1', 'red', '2'), 'line 3, column b: "red" is not a finite number'],
    [
      'a number among words',
      column('red', '7', 'blue'),
      'line 3, column b: "7" is a number in a column of texts',
    ],
    [
      'only 1,234',
      'a;kind\n1,234;x\n5,678;y\n',
      '"1,234" is ambiguous: it can be a fraction or a number with a thousands separator',
    ],
    ['1.234 among whole numbers', 'a;kind\n1.234;x\n987;y\n', '"1.234" is ambiguous: it can be a fraction'],
  ])('%s is refused by name and place', async (_, content, sentence) => {
    expect((await errorOf(content)).message).toContain(sentence);
  });

  it.each([
    ['units', ['0.5 kg', '1 kg', '12.25 kg'], 'kg'],
    ['units without a space', ['3m²', '4m²', '5m²'], 'm²'],
    ['several units', ['10 mm', '2 cm', '3 cm', '40 mm', '5 cm', '60 mm', '7 cm'], 'mm, cm'],
    ['a currency sign with letters', ['US$5', 'US$6', 'US$7'], 'US$'],
    ['a currency code', ['USD 5', 'USD 6.5', 'USD 1,000'], 'USD'],
    ['a code after the number', ['5 EUR', '−6 EUR', '7 EUR'], 'EUR'],
    ['about', ['~5', '~6', '~7'], '~'],
  ])('a column of numbers with %s is no column of categories', async (_, cells, unit) => {
    const found = await errorOf(column(...cells));
    expect(found.message).toContain(
      `column b contains numbers with a unit or a sign (${unit}): "${cells[0]}" in line 2, "${cells[1]}" in line 3`,
    );
    expect(found.message).toContain('Write the numbers alone');
    const texts = await read(column(...cells), { categories: ['b'] });
    expect(texts.table?.categories[0]?.names).toHaveLength(cells.length);
  });

  it.each([
    ['ordinals', ['1st', '2nd', '3rd', '4th']],
    ['seats', ['1A', '2B', '3C', '12A', '14D']],
    ['sizes', ['XL', 'M', 'S']],
    ['ranges', ['0-9', '10-19', '20+']],
    ['codes', ['ABC 1', 'ABC 2', 'ABC 3']],
    ['two kinds', ['2WD', '4WD']],
    ['long texts', ['a', 'b', 'c'].map((letter) => `1 ${letter.repeat(100_000)}!`)],
  ])('%s are categories', async (_, cells) => {
    const { table } = await read(column(...cells, ...cells));
    expect(table?.categories[0]?.names).toHaveLength(cells.length);
  });

  it('reads U+2212 as a minus sign', async () => {
    const data = await read(column('−1.5', '2', '3e−1'));
    expect(all(data)).toEqual([0.5, -1.5, 0.5, 2, 0.5, 0.3].map(Math.fround));
    expect((await read('a,kind\n1,−1\n2,-1\n3,2\n')).classes).toEqual(['-1', '2']);
  });

  it.each([
    ['not closed', 'a,kind\n1,x\n"2,y\n3,z\n', 'line 3: the quote (") that opens a cell here is not closed'],
    ['not closed below a comment', '# "\na,kind\n1,x\n2,"y\n3,z\n', 'line 4: the quote'],
    [
      'not closed after a cell of several lines',
      'a,kind\n1,"x ""1""\n2"\n3,"y\n4,z\n',
      'line 4: the quote (") that opens',
    ],
    ['closed too late', 'a,kind\n1,"x\n2,"y"\n', 'line 3: text follows the closing quote of a cell: y'],
    ['in a cell', 'a,kind\n1,x"y\n2,z\n', 'line 2: a quote (") is in the middle of a cell'],
  ])('a quote that is %s is named with its line', async (_, content, sentence) => {
    expect((await errorOf(content)).message).toContain(sentence);
  });

  it('takes 1,234 as the setting says', async () => {
    expect(all(await read('a;kind\n1,234;x\n5,678;y\n', { decimal: ',' }))).toEqual(
      [1.234, 5.678].map(Math.fround),
    );
  });

  it.each([
    ['2024-01-31', '2024-02-01'],
    ['31.01.2024', '01.02.2024'],
    ['1/31/2024', '2/1/2024'],
    ['2024-01-31T10:00:00Z', '2024-02-01 11:30'],
    ['10:30', '11:45:10'],
    ['31 Jan 2024', '1 Feb 2024'],
  ])('dates such as %s are left out by suggestion', async (first, second) => {
    const error = await errorOf(`a;when;kind\n0.5;${first};x\n1.5;${second};y\n`);
    expect(error.message).toContain(`column when contains dates or times ("${first}")`);
    expect(error.setting).toEqual({ path: ['data', 'ignore'], value: ['when'] });
  });

  it('suggests to ignore all columns that cannot be inputs, in addition to those already ignored', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `p${i};${i % 3};n;;${'xy'[i % 2]}`);
    const error = await errorOf(['id;a;note;empty;kind', ...rows].join('\n'), { ignore: ['note'] });
    expect(error.message).toContain(
      'column id contains more than 50 different texts ("p0"), column empty has no values',
    );
    expect(error.setting?.value).toEqual(['id', 'note', 'empty']);
  });

  it('a comment that may be a row is an error unless the config decides', async () => {
    const content = 'colour,a,kind\n#ff0000,1,x\n#00ff00,2,y\n';
    expect((await errorOf(content)).message).toContain(
      'line 2: the line begins with "#" like a comment but has as many cells',
    );
    expect(all(await read(content, { comment: '' }))).toEqual([0, 1, 1, 1, 0, 2]);
  });
});

describe('the header', () => {
  it('is detected by a name above numbers, and not if the first row is an example', async () => {
    expect((await read('a;b\n1;x\n2;y\n', { label: 1 })).count).toBe(2);
    expect((await read('1;x\n2;y\n3;x\n', { label: 1 })).count).toBe(3);
  });

  it('must be set if it is ambiguous', async () => {
    expect((await errorOf('0,1,2\n1,2,3\n3,4,5\n', { label: 1 })).message).toContain('can be a header');
    const error = await errorOf('7,b\n1,2\n3,4\n', { label: 1 });
    expect(error.message).toContain('the first row (7, b) can be a header or an example. Set');
  });

  it('is read as the config says, and marked as doubtful if the file looks different', async () => {
    expect((await read('1.5,x\n2.5,y\n3.5,x\n', { label: 1, header: true })).table?.headerDoubtful).toBe(
      true,
    );
    expect((await read('a,x\nb,y\nb,x\n', { label: 1, header: false })).table?.headerDoubtful).toBe(false);
  });
});

describe('categories', () => {
  it('become one input each, in the order of their code units, at the position of their column', async () => {
    const data = await read('a,colour,b,kind\n2,red,4,x\n6,Blue,8,y\n4,ändern,2,x\n', { scale: 2 });
    expect(data.inputShape).toEqual([5]);
    expect(all(data)).toEqual([1, 0, 1, 0, 2, 3, 1, 0, 0, 4, 2, 0, 0, 1, 1]);
    expect(data.table?.categories).toEqual([{ column: 'colour', names: ['Blue', 'red', 'ändern'] }]);
  });

  it('can be made of numbers by the config', async () => {
    const data = await read('code,kind\n10,x\n9,y\n10,y\n', { categories: ['code'] });
    expect(all(data)).toEqual([1, 0, 0, 1, 1, 0]);
  });
});

describe('missing cells', () => {
  const content = `a,b,kind\n${['1,2,x', ',4,y', 'NA,6,x', '7,?,y', 'null,nan,x', '3,8,y'].join('\n')}\n`;

  it('are an error that lists the places, ten at most', async () => {
    const { message } = await errorOf(content);
    expect(message).toContain(
      '5 cells are missing in 4 rows: line 3, column a (empty); line 4, column a (NA); line 5, column b (?); line 6, column a (null); line 6, column b (nan). Fill them in',
    );
    const many = await errorOf(`a,kind\n${',x\n'.repeat(12)}1,y\n`);
    expect(many.message).toContain('12 cells are missing in 12 rows');
    expect(many.message).toContain('line 11, column a (empty); and 2 more.');
  });

  it('drop their rows', async () => {
    const data = await read(content, { missing: 'drop' });
    expect(all(data)).toEqual([1, 2, 3, 8]);
    expect(data.table).toMatchObject({ rows: 2, missing: { rule: 'drop', cells: 5, rows: 4 } });
    expect(tableLines(data.table!).join()).toContain('5 missing cells in 4 rows: those rows are dropped');
    expect((await errorOf('a,kind\n,x\n,y\n', { missing: 'drop' })).message).toContain(
      'every row has a missing cell',
    );
  });

  it('are replaced by the mean of the training part only', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => [i % 5 === 0 ? '' : String(i), String(i % 2)]);
    const text = (changed: (row: number) => boolean) =>
      `a,kind\n${rows.map(([a, kind], i) => `${a !== '' && changed(i) ? '1000' : a},${kind}`).join('\n')}\n`;
    const options = { missing: 'mean', split: { test: 10, validation: 6 } };
    const data = await read(
      text(() => false),
      options,
    );
    const { train } = splitRows(
      data.labels,
      2,
      dataSchema.parse({ source: 'digits', split: options.split }).split,
    );
    const known = [...train].filter((row) => rows[row]![0] !== '');
    const mean = known.reduce((sum, row) => sum + row, 0) / known.length;
    expect(data.inputs.take([0, 5])).toEqual(Float32Array.of(mean, mean));
    const outside = await read(
      text((row) => !train.includes(row)),
      options,
    );
    expect(outside.inputs.take([0])).toEqual(Float32Array.of(mean));
    // The split is part of a run's identity already: the data are the same with another one.
    expect(
      (
        await read(
          text(() => false),
          { missing: 'mean' },
        )
      ).hash,
    ).toBe(data.hash);
  });

  it('of a category are replaced by its frequencies in the training part', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `${['red', 'blue', ''][i % 3]},${i % 2}`);
    const data = await read(`a,kind\n${rows.join('\n')}\n`, { missing: 'mean' });
    const [blue, red] = data.inputs.take([2]);
    expect(blue! + red!).toBeCloseTo(1);
  });

  it('cannot be dropped together with labels.file, because row numbers would change', () => {
    const config = { source: 'csv', file: 'x.csv', label: 'kind', labels: { file: 'rows.txt' } };
    expect(dataSchema.safeParse(config).success).toBe(true);
    expect(dataSchema.safeParse({ ...config, missing: 'drop' }).error?.issues[0]?.path).toEqual(['missing']);
    const both = dataSchema.safeParse({ ...config, columns: ['a'], ignore: ['b'] });
    expect(both.error?.issues[0]?.path).toEqual(['ignore']);
  });

  it('are an error if the training part has no value, or if they are labels', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `${i},,${i % 2}`);
    expect((await errorOf(`a,b,kind\n${rows.join('\n')}\n`, { missing: 'mean' })).message).toContain(
      'column b has no values',
    );
    expect((await errorOf('a,kind\n1,x\n2,\n3,y\n', { missing: 'mean' })).message).toContain(
      '1 of them is a label, which cannot be replaced by a mean',
    );
  });

  it('are not labels unless "classes" contains them', async () => {
    const content = 'a,kind\n1,NA\n2,x\n';
    expect((await errorOf(content)).message).toContain('line 2, column kind (NA)');
    expect([...(await read(content, { classes: ['x', 'NA'] })).labels]).toEqual([1, 0]);
  });
});

describe('labels', () => {
  it('that are the same number are one class, which is reported', async () => {
    const data = await read('a,kind\n1,2\n2,2.0\n3,10.00\n4,1\n');
    expect(data.classes).toEqual(['1', '2', '10']);
    expect([...data.labels]).toEqual([1, 1, 2, 0]);
    expect(tableLines(data.table!).join()).toContain('2.0 for the class 2, 10.00 for the class 10');
    const german = await read('a;kind\n1,5;0,5\n2,5;1,0\n');
    expect(german.classes).toEqual(['0.5', '1']);
  });

  it('that may be the same number are an error', async () => {
    expect((await errorOf('a,kind\n1,007\n2,7\n3,8\n')).message).toContain(
      'line 3: the label "7" is the same number as "007" in line 2',
    );
  });

  it('cannot be of two classes that are the same number', async () => {
    expect((await errorOf('a,kind\n1,2.0\n2,1\n', { classes: ['1', '2', '2.0'] })).message).toContain(
      '"classes" contains "2" and "2.0", which are the same number',
    );
  });

  it('are matched with the spelling in "classes"', async () => {
    expect([...(await read('a,kind\n1,2.0\n2,1.0\n', { classes: ['1', '2'] })).labels]).toEqual([1, 0]);
    expect((await read('a,kind\n1,2\n2,1\n', { classes: ['1.0', '2.0'] })).classes).toEqual(['1.0', '2.0']);
  });

  const many = (label: (i: number) => string) =>
    `a,kind\n${Array.from({ length: 60 }, (_, i) => `${i % 7},${label(i)}`).join('\n')}\n`;
  it.each([
    [
      'fractions',
      many((i) => String((i % 30) / 8)),
      '30 different numbers in 60 rows. These look like numbers to predict (regression)',
    ],
    [
      'a number for each row',
      many((i) => String(1000 + i)),
      'These look like numbers to predict (regression)',
    ],
    ['a text for each row', many((i) => `p${i}`), 'nearly every row has a different label'],
  ])('that are not classes: %s', async (_, content, sentence) => {
    expect((await errorOf(content)).message).toContain(sentence);
  });
});

describe('columns that should probably not be inputs', () => {
  const table = (names: string, row: (i: number) => string) =>
    `${names},kind\n${Array.from({ length: 40 }, (_, i) => `${row(i)},${i % 2}`).join('\n')}\n`;
  const shuffled = (i: number) => (i * 7) % 40;

  it.each([
    ['numbers of rows', table('a,x', (i) => `${i}.0,${i % 3}`), 'a', 'row number'],
    ['shuffled numbers', table('a,x', (i) => `${shuffled(i)},${i % 3}`), 'a', 'id'],
    [
      'numbers named id',
      table('patient_id,x', (i) => `${1000 + 13 * shuffled(i)},${i % 3}`),
      'patient_id',
      'id',
    ],
    ['a column without a name', table(',x', (i) => `${i},${i % 3}`), 0, 'row number'],
    ['texts for every row', table('a,x', (i) => `p${i},${i % 3}`), 'a', 'id'],
    ['days as numbers', table('date,x', (i) => `${20240101 + (i % 9)},${i % 3}`), 'date', 'date'],
    [
      'days as numbers, whatever the name',
      table('a,x', (i) => `${20240101 + (i % 9)},${i % 3}`),
      'a',
      'date',
    ],
    [
      'numbers above 1e9 named id',
      table('patient_id,x', (i) => `${1e9 + shuffled(i)},${i % 3}`),
      'patient_id',
      'id',
    ],
    [
      'few codes with leading zeros',
      table('zip,x', (i) => `${String(shuffled(i) % 20).padStart(5, '0')},${i % 3}`),
      'zip',
      'code',
    ],
    ['constants', table('a,x', (i) => `5,${i % 3}`), 'a', 'constant'],
    ['other labels', table('label_b,x', (i) => `${i % 2},${i % 3}`), 'label_b', 'label'],
  ])('%s', async (_, content, column, why) => {
    expect((await read(content)).table?.suspects).toEqual([{ column, why }]);
  });

  it('includes many codes with leading zeros', async () => {
    const rows = Array.from({ length: 200 }, (_, i) => `${String((i * 37) % 90).padStart(5, '0')},${i % 2}`);
    expect((await read(`zip,kind\n${rows.join('\n')}\n`)).table?.suspects).toEqual([
      { column: 'zip', why: 'many codes' },
    ]);
  });

  it('does not include numbers of eight digits that are not days', async () => {
    const content = table('a,x', (i) => `${20240125 + (i % 9)},${i % 3}`);
    expect((await read(content)).table?.suspects).toEqual([]);
  });

  it('does not include measurements', async () => {
    const content = table('size,width,is_new', (i) => `${i * 0.3},${100 - i * i},${i % 2}`);
    expect((await read(content)).table?.suspects).toEqual([]);
  });
});

describe('columns', () => {
  const content = 'a,b,a,kind\n1,2,3,x\n4,5,6,y\n';
  it.each([
    [{ ignore: ['c'] }, 'has no column "c"'],
    [{ ignore: ['a'] }, 'has two columns "a", with the numbers 0 and 2. Use the number in "ignore".'],
    [{ ignore: ['kind'] }, '"ignore" contains kind, which is the label'],
    [{ ignore: [0, 1, 2] }, 'no input columns are left'],
    [{ columns: [9] }, 'has 4 columns (0 to 3), but "columns" contains 9'],
    [{ ignore: ['b'], categories: ['b'] }, '"categories" contains b, which is not an input'],
  ])('%j', async (options, sentence) => {
    expect((await errorOf(content, options)).message).toContain(sentence);
  });
});
