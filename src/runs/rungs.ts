import { z } from 'zod';
import { appendJsonLine, readJsonLines } from './jsonLines';
import { runFiles } from './layout';

/** What a run had reached on validation where successive halving compared it: a line of rungs.jsonl. */
export const rungSchema = z.object({ step: z.int(), accuracy: z.number(), loss: z.number() });
export type RungResult = z.output<typeof rungSchema>;

export const appendRung = (folder: string, rung: RungResult): void =>
  appendJsonLine(runFiles(folder).rungs, rung);

/** By step. */
export async function readRungs(folder: string): Promise<Map<number, RungResult>> {
  const rungs = await readJsonLines(runFiles(folder).rungs, rungSchema);
  return new Map(rungs.map((rung) => [rung.step, rung]));
}
