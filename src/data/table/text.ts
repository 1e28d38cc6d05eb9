import { isUtf8 } from 'node:buffer';
import { separators, type Separator, type TableFacts } from '../../config/table';
import { UserError } from '../../config/errors';

/** A table's text as UTF-8 without byte order mark, and its encoding and separator as far as the file states them. */
export interface TableText {
  bytes: Buffer;
  encoding: TableFacts['encoding'];
  /** From a first line "sep=;", as Excel writes it. */
  separator: Separator | undefined;
}

/**
 * Decodes UTF-16 with a byte order mark, UTF-8, and otherwise windows-1252 (a superset of Latin-1).
 * @param whole false if `bytes` may end in the middle of a character
 * @throws UserError if this is not text
 */
export function decodeTable(bytes: Buffer, file: string, whole = true): TableText {
  const { text, encoding } = toUtf8(bytes, file, whole);
  const said = /^sep=(.)\r?\n/i.exec(text.toString('utf8', 0, 16));
  if (!said) return { bytes: text, encoding, separator: undefined };
  const separator = separators.find((one) => one === said[1]);
  if (separator === undefined)
    throw new UserError(
      `${file}, line 1: the separator "${said[1]}" is not supported. Use a comma, a semicolon, a tab or a vertical bar.`,
    );
  // Replaced by an empty line, so that line numbers stay the same.
  return { bytes: text.subarray(said[0].length - 1), encoding, separator };
}

function toUtf8(
  bytes: Buffer,
  file: string,
  whole: boolean,
): { text: Buffer; encoding: TableFacts['encoding'] } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: transcoded(bytes.subarray(2), 'utf-16le'), encoding: 'utf-16le' };
  if (bytes.subarray(0, 8192).includes(0))
    throw new UserError(
      `${file} is binary, not text. Use a CSV file, or read it with "source": "npy" or "idx".`,
    );
  const text = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
  const complete = whole ? text : text.subarray(0, text.lastIndexOf(0x0a) + 1);
  if (isUtf8(complete)) return { text, encoding: 'utf-8' };
  return { text: transcoded(text, 'windows-1252'), encoding: 'windows-1252' };
}

const transcoded = (bytes: Buffer, from: string) => Buffer.from(new TextDecoder(from).decode(bytes));
