import { createInterface } from 'node:readline/promises';
import { accountOf, accountText } from '../runs/account';
import { MANY_TRAININGS } from '../runs/later';
import type { Ready } from '../runner/missing';
import { tell } from './output';

/**
 * So many trainings may be a slip of the pen: a person at a terminal is asked, everybody else has to say --yes.
 *
 * @returns whether to begin
 */
export async function mayBegin(ready: Ready, yes: boolean): Promise<boolean> {
  if (yes) return true;
  const account = await accountOf(ready);
  if (account.trainings <= MANY_TRAININGS) return true;
  const said = `${ready.experiment.name} needs ${accountText(account)}.`;
  if (!process.stdin.isTTY) {
    tell(`${said} Pass --yes to start them.`);
    return false;
  }
  const line = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await line.question(`${said} Start them? [y/N] `);
  line.close();
  return /^y(es)?$/i.test(answer.trim());
}
