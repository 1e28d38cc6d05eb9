import { readFileSync } from 'node:fs';
import { env } from '@tensorflow/tfjs-core';

/** Of WebAssembly's binary format. */
const [HEADER, MEMORY_SECTION, LIMITED, SHARED] = [8, 5, 1, 3];

/**
 * Does something while the backend's binary, which it fetches, is given it with a memory that threads may share. TensorFlow.js
 * has a binary with such a memory for browsers only, where it starts threads of its own.
 */
export async function withSharedMemory<T>(act: () => Promise<T>): Promise<T> {
  const environment = env();
  const { platform } = environment;
  const fetch = (path: string) => Promise.resolve(new Response(shared(readFileSync(path))));
  environment.platform = Object.assign(Object.create(platform) as typeof platform, { fetch });
  try {
    return await act();
  } finally {
    environment.platform = platform;
  }
}

/** The same binary with its memory shared. One whose memory has no limit is left as it is: a shared one must have it. */
export function shared(binary: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const bytes = binary.slice();
  for (let at = HEADER; at < bytes.length;) {
    const section = bytes[at++];
    let size = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      const byte = bytes[at++]!;
      size |= (byte & 0x7f) << shift;
      more = byte > 0x7f;
    }
    // A count of memories, which is 1, and what the limits are.
    if (section === MEMORY_SECTION && bytes[at + 1] === LIMITED) bytes[at + 1] = SHARED;
    at += size;
  }
  return bytes;
}
