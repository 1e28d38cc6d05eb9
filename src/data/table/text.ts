import { isUtf8 } from 'node:buffer';
import { separators, type Separator, type TextEncoding } from '../../config/table';
import { UserError } from '../../config/errors';

/** A table's text as UTF-8 without byte order mark, and its encoding and separator as far as the file states them. */
export interface TableText {
  bytes: Buffer;
  encoding: TextEncoding;
  /** From a first line "sep=;", as Excel writes it. */
  separator: Separator | undefined;
}

/**
 * Decodes UTF-16 with a byte order mark, UTF-8, and otherwise windows-1252 (a superset of Latin-1).
 * @param whole false if `bytes` may end in the middle of a character
 * @param given the encoding in the config
 * @throws UserError if this is not text, or UTF-8 with a few bytes that are not
 */
export function decodeTable(bytes: Buffer, file: string, whole = true, given?: TextEncoding): TableText {
  const { text, encoding } = toUtf8(bytes, file, whole, given);
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
  given: TextEncoding | undefined,
): { text: Buffer; encoding: TextEncoding } {
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (given === 'utf-16le' || (given === undefined && marked))
    return { text: transcoded(marked ? bytes.subarray(2) : bytes, 'utf-16le'), encoding: 'utf-16le' };
  if (bytes.subarray(0, 8192).includes(0))
    throw new UserError(
      `${file} is binary, not text. Use a CSV file, or read it with "source": "npy" or "idx".`,
    );
  if (given === 'windows-1252') return { text: transcoded(bytes, given), encoding: given };
  const text = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
  if (given === 'utf-8') return { text: isUtf8(text) ? text : transcoded(text, given), encoding: given };
  const complete = whole ? text : text.subarray(0, text.lastIndexOf(0x0a) + 1);
  if (isUtf8(complete)) return { text, encoding: 'utf-8' };
  checkSingleEncoding(complete, file, text !== bytes);
  return { text: transcoded(text, 'windows-1252'), encoding: 'windows-1252' };
}

const transcoded = (bytes: Buffer, from: string) => Buffer.from(new TextDecoder(from).decode(bytes));

/** In windows-1252, two bytes in a row can look like a UTF-8 character, but rarely: at most once in so many characters. */
const RARE = 20;

/** @param marked whether the file has the byte order mark of UTF-8 @throws UserError if the file is UTF-8 except for a few bytes */
function checkSingleEncoding(bytes: Buffer, file: string, marked: boolean): void {
  let characters = 0;
  let invalid = 0;
  let first = 0;
  for (let at = 0; at < bytes.length;) {
    const length = lengthAt(bytes, at);
    if (length > 1) characters++;
    if (length === 0 && invalid++ === 0) first = at;
    at += Math.max(1, length);
  }
  if (invalid === 0 || (!marked && characters * RARE <= invalid)) return;
  const start = bytes.lastIndexOf(0x0a, first) + 1;
  let line = 1;
  for (let at = bytes.indexOf(0x0a); at >= 0 && at < first; at = bytes.indexOf(0x0a, at + 1)) line++;
  const context = bytes.toString('utf8', Math.max(start, first - 20), first + 10).split(/\r?\n/)[0];
  const areInvalid = invalid === 1 ? ' is' : `, and ${invalid - 1} more, are`;
  const code = bytes[first]!.toString(16).toUpperCase();
  throw new UserError(
    `${file}, line ${line}: byte ${first - start + 1} of the line (0x${code}, near "${context}")${areInvalid} not valid UTF-8, but the rest of the file is. Correct the line and save the file as UTF-8. Or set "encoding": "utf-8" to read such bytes as �, or "windows-1252" if the whole file has that encoding.`,
  );
}

/** Bytes of the UTF-8 character at `at`; 0 if it is not valid. */
function lengthAt(bytes: Buffer, at: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return 1;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  return isUtf8(bytes.subarray(at, at + length)) && at + length <= bytes.length ? length : 0;
}
