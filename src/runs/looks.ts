import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { explainDisk, writeFully } from './atomic';
import { lookSchema, type Look } from './files';
import { experimentFiles } from './layout';
import { LineTail } from './tail';

/** Writes down, before it happens, that the test set is opened for these runs. */
export function appendLook(runsFolder: string, look: Look): void {
  const file = experimentFiles(runsFolder).looks;
  try {
    mkdirSync(dirname(file), { recursive: true });
    const descriptor = openSync(file, 'a');
    try {
      writeFully(descriptor, `${JSON.stringify(look)}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw explainDisk(error, file);
  }
}

/** Every opening of the test set so far, oldest first. */
export async function readLooks(runsFolder: string): Promise<Look[]> {
  const lines = await new LineTail(experimentFiles(runsFolder).looks).read();
  return lines.flatMap((line) => {
    const look = lookSchema.safeParse(parseJson(line));
    return look.success ? [look.data] : [];
  });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
