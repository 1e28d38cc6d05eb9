import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { explainDisk, writeFully } from './atomic';
import { LineTail } from './tail';
import { lookSchema, type Look, rungSchema, type Rung } from './files';
import { experimentFiles, runFiles } from './layout';

/** Appends a line of JSON; it is on the disk when this returns. @throws UserError where the file cannot be written */
export function appendJsonLine(file: string, value: unknown): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const descriptor = openSync(file, 'a');
    try {
      writeFully(descriptor, `${JSON.stringify(value)}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw explainDisk(error, file);
  }
}

/** Oldest first; none where there is no file. A torn line, or one that means something else, is left out. */
export async function readJsonLines<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
): Promise<z.output<Schema>[]> {
  const lines = await new LineTail(file).read();
  return lines.flatMap((line) => {
    const read = schema.safeParse(parseJson(line));
    return read.success ? [read.data] : [];
  });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Records that the test set is opened for these runs, before it happens. */
export const appendLook = (runsFolder: string, look: Look): void =>
  appendJsonLine(experimentFiles(runsFolder).looks, look);

/** All openings of the test set, oldest first. */
export const readLooks = (runsFolder: string): Promise<Look[]> =>
  readJsonLines(experimentFiles(runsFolder).looks, lookSchema);

export const appendRung = (folder: string, rung: Rung): void => appendJsonLine(runFiles(folder).rungs, rung);

/** By step. */
export async function readRungs(folder: string): Promise<Map<number, Rung>> {
  const rungs = await readJsonLines(runFiles(folder).rungs, rungSchema);
  return new Map(rungs.map((rung) => [rung.step, rung]));
}
