const QUOTE = 0x22;
const isLineEnd = (byte: number | undefined) => byte === 0x0a || byte === 0x0d;
const isSpace = (byte: number | undefined) => byte === 0x20 || byte === 0x09;

/** Describes the first quote that is not at the start or end of a cell, or is not closed; null if there is none. */
export function quoteProblem(
  bytes: Buffer,
  file: string,
  { separator, comment }: { separator: string; comment: string },
): string | null {
  const advice = 'Correct the quotes; a quote within a quoted cell is written twice ("").';
  const separatorByte = separator.charCodeAt(0);
  const startsComment = (at: number) =>
    comment !== '' && bytes.toString('utf8', at, at + Buffer.byteLength(comment)) === comment;
  const endsCell = (at: number) => at >= bytes.length || bytes[at] === separatorByte || isLineEnd(bytes[at]);
  let line = 1;
  let opened: number | null = null;
  let atStartOfCell = true;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    const newLine = byte === 0x0a || (byte === 0x0d && bytes[at + 1] !== 0x0a);
    if (opened !== null) {
      if (newLine) line++;
      if (byte !== QUOTE) continue;
      if (bytes[at + 1] === QUOTE) at++;
      else {
        let next = at + 1;
        while (isSpace(bytes[next]) && bytes[next] !== separatorByte) next++;
        if (!endsCell(next)) {
          const rest = bytes.toString('utf8', at + 1, at + 21).split(/[\r\n]/)[0];
          return `${file}, line ${line}: text follows the closing quote of a cell: ${rest}. The cell was opened in line ${opened}; a quote may be missing before. ${advice}`;
        }
        opened = null;
        atStartOfCell = false;
      }
      continue;
    }
    if (isLineEnd(byte) || byte === separatorByte) {
      if (newLine) line++;
      atStartOfCell = true;
      if (isLineEnd(byte) && startsComment(at + 1)) at = endOfLine(bytes, at + 1) - 1;
    } else if (byte === QUOTE) {
      if (!atStartOfCell)
        return `${file}, line ${line}: a quote (") is in the middle of a cell that does not begin with one. ${advice}`;
      opened = line;
    } else if (at === 0 && startsComment(0)) at = endOfLine(bytes, 0) - 1;
    else if (!isSpace(byte)) atStartOfCell = false;
  }
  if (opened === null) return null;
  return `${file}, line ${opened}: the quote (") that opens a cell here is not closed before the end of the file. ${advice}`;
}

function endOfLine(bytes: Buffer, at: number): number {
  let end = at;
  while (end < bytes.length && !isLineEnd(bytes[end])) end++;
  return end;
}
