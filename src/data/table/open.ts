import { UserError } from '../../config/errors';
import type { CsvConfig } from '../../config/data';
import { listed, type TableFacts } from '../../config/table';
import { findDialect, findHeader } from './findDialect';
import type { Dialect } from './rows';
import { decodeTable } from './text';

export type TableSettings = Partial<
  Pick<CsvConfig, 'header' | 'encoding' | 'separator' | 'decimal' | 'comment' | 'label'>
>;

/** A table whose dialect is known and whose rows have not been read yet. */
export interface OpenTable extends Pick<TableFacts, 'header' | 'headerDoubtful' | 'encoding'> {
  /** UTF-8. */
  bytes: Buffer;
  dialect: Dialect;
  /** Column names; undefined if there is no header. */
  names: string[] | undefined;
  /** Number of cells of the first row. */
  width: number;
  /** The first rows, including the header. */
  sample: string[][];
}

/** @param whole false where `bytes` are only the beginning of the file @throws UserError */
export function openTable(bytes: Buffer, file: string, given: TableSettings, whole = true): OpenTable {
  const text = decodeTable(bytes, file, whole, given.encoding);
  const separator = given.separator ?? text.separator;
  const { rows: sample, ...dialect } = findDialect(text.bytes, { ...given, separator });
  const found = findHeader(sample, dialect.decimal);
  const header = given.header ?? (typeof given.label === 'string' || found);
  if (header === null)
    throw new UserError(
      `${file}: the first row (${listed(sample[0] ?? [], 6)}) can be a header or an example. Set "header" to true or false.`,
    );
  const [first = []] = sample;
  const open = {
    bytes: text.bytes,
    encoding: text.encoding,
    dialect,
    header,
    headerDoubtful: given.header === !found,
    names: header ? first : undefined,
    width: first.length,
    sample,
  };
  if (given.comment === undefined) checkComments(open, file);
  return open;
}

/** @throws UserError if a line that begins with # could also be a row, because it has as many cells */
function checkComments({ bytes, dialect, header, width }: OpenTable, file: string): void {
  const mark = dialect.comment;
  const starts = (at: number) => bytes.toString('utf8', at, at + mark.length) === mark;
  let top = true;
  for (let at = 0, line = 1; at < bytes.length && width > 1; line++) {
    const end = bytes.indexOf(0x0a, at);
    const next = end < 0 ? bytes.length : end + 1;
    // Comments above the header are not the header.
    if (!starts(at)) top &&= next - at < 3;
    else if (!(top && header)) {
      const cells = bytes.toString('utf8', at, next).split(dialect.separator).length;
      if (cells === width)
        throw new UserError(
          `${file}, line ${line}: the line begins with "${mark}" like a comment but has as many cells as a row. Set "comment": "" if it is a row or the header, or "comment": "${mark}" if it is a comment.`,
        );
    }
    at = next;
  }
}
