import { expect, it } from 'vitest';
import { askInTurn, BACK, CANCELLED, type Answer } from '../../../src/host/commands/steps';

/** Asks two questions that answer so in turn. */
function asked(...answers: Answer<void>[]): Promise<Answer<void>> {
  const next = () => Promise.resolve(answers.shift());
  return askInTurn([next, next]);
}

it('questions in turn end with nothing, with Back from the first, or cancelled', async () => {
  expect(await asked(undefined, undefined)).toBeUndefined();
  expect(await asked(undefined, BACK, undefined, undefined)).toBeUndefined();
  expect(await asked(undefined, BACK, BACK)).toBe(BACK);
  expect(await asked(undefined, CANCELLED)).toBe(CANCELLED);
});
