import { constants } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UserError } from '../config/errors';

/** A gzip file may unpack to so many times its size; zeros unpack to a thousand times, data to a tenth of this at most. */
const MOST_TIMES = 200;
/** What is unpacked up to here is accepted whatever it was packed to: empty pictures are small. */
const ACCEPTED = 64_000_000;
/** What a file may hold, unpacked, where it is read whole. */
export const MOST = Math.min(constants.MAX_LENGTH, 2 ** 31 - 1);
/** Bytes that are read or unpacked in one go. */
export const PIECE = 1 << 16;

/** What an open file holds, unpacked where it is packed, piece by piece. @throws UserError where it unpacks to too much */
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
    throw new UserError(
      `${file} is gzip that cannot be unpacked: it is damaged or was cut off. Fetch it again.`,
      { cause: error },
    );
  }
}

/** Bytes that a gzip file of so many bytes may unpack to. */
export const mostOf = (size: number) => Math.min(MOST, Math.max(ACCEPTED, MOST_TIMES * size));

export const tooMuch = (file: string, size: number) =>
  new UserError(
    `${file} unpacks to more than ${Math.floor(mostOf(size) / 1e6)} MB from ${(size / 1e6).toFixed(1)} MB, so unpacking was stopped. If that is meant, unpack it yourself and give the unpacked file.`,
  );
