import { Readable } from 'node:stream';
import { CsvError, parse, type Options } from 'csv-parse';
import { UserError } from '../../config/errors';
import type { Decimal, Separator } from '../../config/table';
import { quoteProblem } from './quotes';

/** The format of a table file. */
export interface Dialect {
  separator: Separator;
  decimal: Decimal;
  /** Lines that begin with it are ignored; "" if there are no comments. */
  comment: string;
}

/** For csv-parse: trims cells, accepts all line endings, skips rows without any value. */
export const parserOptions = ({ separator, comment }: Pick<Dialect, 'separator' | 'comment'>) =>
  ({
    delimiter: separator,
    info: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    trim: true,
    ...(comment === '' ? {} : { comment, comment_no_infix: true }),
  }) satisfies Options;

export interface Row {
  record: string[];
  info: { lines: number };
}

/** Asynchronous, because a table may have millions of cells. @throws UserError */
export async function* parseRows(
  bytes: Buffer,
  file: string,
  dialect: Pick<Dialect, 'separator' | 'comment'>,
): AsyncGenerator<Row> {
  const parser = parse(parserOptions(dialect));
  try {
    yield* Readable.from(pieces(bytes)).pipe(parser) as AsyncIterable<Row>;
  } catch (error) {
    if (error instanceof CsvError)
      throw new UserError(quoteProblem(bytes, file, dialect) ?? `${file}: ${error.message}.`, {
        cause: error,
      });
    throw error;
  }
}

function* pieces(bytes: Buffer, size = 1 << 16): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
