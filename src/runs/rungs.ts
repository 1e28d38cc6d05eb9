import { appendFileSync } from 'node:fs';
import { z } from 'zod';
import { explainDisk } from './atomic';
import { runFiles } from './layout';
import { LineTail } from './tail';

/** What a run had reached on validation where successive halving compared it: a line of rungs.jsonl. */
export const rungSchema = z.object({ step: z.int(), accuracy: z.number(), loss: z.number() });
export type RungResult = z.output<typeof rungSchema>;

export function appendRung(folder: string, rung: RungResult): void {
  const file = runFiles(folder).rungs;
  try {
    appendFileSync(file, `${JSON.stringify(rung)}\n`);
  } catch (error) {
    throw explainDisk(error, file);
  }
}

/** By step; a torn line is none. */
export async function readRungs(folder: string): Promise<Map<number, RungResult>> {
  const lines = await new LineTail(runFiles(folder).rungs).read();
  return new Map(
    lines.flatMap((line): [number, RungResult][] => {
      const parsed = rungSchema.safeParse(parseJson(line));
      return parsed.success ? [[parsed.data.step, parsed.data]] : [];
    }),
  );
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
