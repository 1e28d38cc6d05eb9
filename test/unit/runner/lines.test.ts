import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { eachLine } from '../../../src/runner/lines';

async function linesOf(chunks: Buffer[], longest?: number): Promise<string[]> {
  const lines: string[] = [];
  await eachLine(Readable.from(chunks), (line) => lines.push(line), longest);
  return lines;
}

it('joins what a pipe cut, characters included', async () => {
  const bytes = Buffer.from('Größe 1\r\nzwei\n\nletzte');
  const chunks = [...bytes].map((byte) => Buffer.from([byte]));
  for (const cut of [chunks, [bytes]]) expect(await linesOf(cut)).toEqual(['Größe 1', 'zwei', '', 'letzte']);
});

it('cuts a line that never ends and says how much is missing', async () => {
  const chunks = Array.from({ length: 100 }, () => Buffer.from('x'.repeat(1000)));
  expect(await linesOf([...chunks, Buffer.from('\nnext\n')], 10)).toEqual([
    `${'x'.repeat(10)} … (99990 more characters)`,
    'next',
  ]);
});
