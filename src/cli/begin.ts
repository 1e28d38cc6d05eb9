import { createInterface } from 'node:readline/promises';
import { count, roughly } from '../results/format';
import { estimateSeconds, trainersOf } from '../runs/estimate';
import { MANY_TRAININGS, trainingsAhead } from '../runs/later';
import type { Ready } from '../runner/missing';
import { tell } from './output';

/**
 * So many trainings may be a slip of the pen: a person at a terminal is asked, everybody else has to say --yes.
 *
 * @returns whether to begin
 */
export async function mayBegin(ready: Ready, yes: boolean): Promise<boolean> {
  const { experiment, plan } = ready;
  const trainings = await trainingsAhead(experiment, plan);
  if (yes || trainings <= MANY_TRAININGS) return true;
  const time = roughly(await estimateSeconds(ready, trainersOf(experiment)));
  const said = `${experiment.name} asks for ${count(trainings)} trainings, about ${time}.`;
  if (!process.stdin.isTTY) {
    tell(`${said} Say --yes to begin them.`);
    return false;
  }
  const line = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await line.question(`${said} Begin? [y/N] `);
  line.close();
  return /^y(es)?$/i.test(answer.trim());
}
