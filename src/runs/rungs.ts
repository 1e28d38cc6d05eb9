import { rungSchema, type Rung } from './files';
import { appendJsonLine, readJsonLines } from './jsonLines';
import { runFiles } from './layout';

export const appendRung = (folder: string, rung: Rung): void => appendJsonLine(runFiles(folder).rungs, rung);

/** By step. */
export async function readRungs(folder: string): Promise<Map<number, Rung>> {
  const rungs = await readJsonLines(runFiles(folder).rungs, rungSchema);
  return new Map(rungs.map((rung) => [rung.step, rung]));
}
