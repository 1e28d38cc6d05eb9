import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Numerics } from '../../config/numerics';
import { createRun } from '../../runs/folder';
import { startTrainer, type TrainerCommand } from '../process';
import { trainerVersions } from '../process';
import type { Load } from './loads';
import type { StepTimes } from './remembered';

const TIME_LIMIT = 120_000;
const answerSchema = z.object({ startSeconds: z.number(), stepSeconds: z.number() });

/**
 * Times steps of each load in a process that is thrown away, with numerics that only a new process can have.
 *
 * @param root where relative paths of saved models are seen from
 * @returns by key of the load; one that could not be timed is missing
 */
export async function timeLoads(
  loads: readonly Load[],
  numerics: Numerics,
  command: TrainerCommand,
  root: string,
  log: (line: string) => void,
): Promise<Map<string, StepTimes>> {
  const folder = mkdtempSync(join(tmpdir(), 'distillery-times-'));
  try {
    const folders = loads.map((_, i) => join(folder, String(i)));
    for (const [i, { draft }] of loads.entries())
      await createRun(folders[i]!, { ...draft, root }, numerics, trainerVersions);
    const answers: StepTimes[] = [];
    const trainer = startTrainer(command, ['time', ...folders], (line, from) => {
      const answer = from === 'stdout' && line.startsWith('{') ? parse(line) : null;
      if (answer) answers.push(answer);
      else log(line);
    });
    const limit = setTimeout(() => void trainer.kill(), TIME_LIMIT);
    await trainer.ended;
    clearTimeout(limit);
    return new Map(answers.map((answer, i) => [loads[i]!.key, answer]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function parse(line: string): StepTimes | null {
  try {
    return answerSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
