import { constants } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UserError } from '../config/errors';

/** Maximum compression ratio of a gzip file; zeros reach a ratio of 1000, data at most a tenth of this limit. */
const MOST_TIMES = 200;
/** Decompressed size that is always accepted, because blank images compress well. */
const ACCEPTED = 64_000_000;
/** Maximum decompressed size of a file that is read whole. */
export const MOST = Math.min(constants.MAX_LENGTH, 2 ** 31 - 1);
/** Bytes that are read or decompressed at once. */
export const PIECE = 1 << 16;

/** The content of an open file in pieces, decompressed if it is gzip. @throws UserError if it decompresses to too much */
export async function* piecesOf(
  file: string,
  handle: FileHandle,
  packed: boolean,
  size: number,
): AsyncGenerator<Buffer, undefined> {
  const stream = handle.createReadStream({ start: 0, autoClose: false, highWaterMark: PIECE });
  if (!packed) {
    yield* stream as AsyncIterable<Buffer>;
    return;
  }
  const unpacked = pipeline(stream, createGunzip({ chunkSize: PIECE }), () => undefined);
  const most = mostOf(size);
  let count = 0;
  try {
    for await (const piece of unpacked as AsyncIterable<Buffer>) {
      count += piece.length;
      if (count > most) throw tooMuch(file, size);
      yield piece;
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${file} is a damaged or truncated gzip file. Download it again.`, { cause: error });
  }
}

/** Maximum decompressed size of a gzip file with this size. */
export const mostOf = (size: number) => Math.min(MOST, Math.max(ACCEPTED, MOST_TIMES * size));

export const tooMuch = (file: string, size: number) =>
  new UserError(
    `${file} with ${(size / 1e6).toFixed(1)} MB decompresses to more than ${Math.floor(mostOf(size) / 1e6)} MB, so reading was stopped. If this is intended, decompress it yourself and use the decompressed file.`,
  );
