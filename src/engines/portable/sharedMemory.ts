import { readFileSync } from 'node:fs';
import { env } from '@tensorflow/tfjs-core';

/** Constants of WebAssembly's binary format. */
const [HEADER, MEMORY_SECTION, LIMITED, SHARED] = [8, 5, 1, 3];

/**
 * Runs `act` while the backend, which fetches its binary, receives a copy with shared memory. TensorFlow.js ships such a
 * binary for browsers only, where it starts its own threads.
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

/** The binary with its memory marked as shared. Left unchanged if the memory has no maximum, which a shared one needs. */
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
    // The number of memories, which is 1, then the flags of the limits.
    if (section === MEMORY_SECTION && bytes[at + 1] === LIMITED) bytes[at + 1] = SHARED;
    at += size;
  }
  return bytes;
}
