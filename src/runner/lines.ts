import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** A library may write megabytes without a line end: longer lines are truncated, with a note. */
export const LONGEST_LINE = 4_000;

/** Gives each line of a stream once, cut to a length; the last one also where its end is missing. Never holds more than a line. */
export async function eachLine(
  stream: Readable,
  take: (line: string) => void,
  longest = LONGEST_LINE,
): Promise<void> {
  const decoder = new StringDecoder('utf8');
  let line = '';
  let cut = 0;
  const end = () => {
    take(cut > 0 ? `${line} … (${cut} more characters)` : line.replace(/\r$/, ''));
    line = '';
    cut = 0;
  };
  const add = (part: string) => {
    const room = longest - line.length;
    line += part.slice(0, room);
    cut += Math.max(0, part.length - room);
  };
  for await (const chunk of stream) {
    const [first = '', ...rest] = decoder.write(chunk as Buffer).split('\n');
    add(first);
    for (const part of rest) {
      end();
      add(part);
    }
  }
  add(decoder.end());
  if (line !== '') end();
}
