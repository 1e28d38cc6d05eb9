import { createInterface } from 'node:readline/promises';
import { workloadOf, workloadText } from '../runs/workload';
import { MANY_TRAININGS } from '../runs/futureRuns';
import type { RunnableExperiment } from '../runner/missingItems';
import { tell } from './output';

/**
 * So many trainings may be a slip of the pen: a person at a terminal is asked, everybody else has to say --yes.
 *
 * @returns whether to begin
 */
export async function mayBegin(ready: RunnableExperiment, yes: boolean): Promise<boolean> {
  if (yes) return true;
  const account = await workloadOf(ready);
  if (account.trainings <= MANY_TRAININGS) return true;
  const said = `${ready.experiment.name} asks for ${workloadText(account)}.`;
  if (!process.stdin.isTTY) {
    tell(`${said} Say --yes to begin them.`);
    return false;
  }
  const line = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await line.question(`${said} Begin? [y/N] `);
  line.close();
  return /^y(es)?$/i.test(answer.trim());
}
