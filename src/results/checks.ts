import { count, plural } from './format';
import type { Pairing } from './comparisons';
import type { SummaryInput } from './input';
import type { Check, Comparison } from './summary';

/** What must hold for the headline's verdict to mean what it says. */
export function checks(
  input: SummaryInput,
  pairing: Pairing,
  comparison: Comparison,
  complete: boolean,
): Check[] {
  const { pairs } = pairing;
  const planned = pairing.arm.runs.length;
  const budget = pairs.every((p) => p.distilled.steps === p.scratch.steps);
  const found: (Check | null)[] = [
    { text: 'same steps and seeds', state: pairs.length === 0 ? 'pending' : budget ? 'ok' : 'broken' },
    {
      text: `${count(pairs.length)} of ${plural(planned, 'paired seed')}`,
      state: pairs.length === planned ? 'ok' : 'pending',
    },
    settings(input, comparison),
    testSet(comparison.look, complete),
    teacherFrozen(input, pairing),
  ];
  return found.filter((check) => check !== null);
}

/** An arm that came into the file after the test set was opened may have been chosen by what it showed. */
function settings(input: SummaryInput, { arm }: Comparison): Check {
  const first = input.looks.findIndex((look) => look.runs.some((run) => run.arm === arm));
  return input.looks.length > 0 && first !== 0
    ? { text: 'T, α set after the test set was opened', state: 'broken' }
    : { text: 'T, α set before the test set was opened', state: 'ok' };
}

function testSet(look: number, complete: boolean): Check {
  if (look > 1 || (look > 0 && !complete))
    return { text: `test set read ${plural(complete ? look : look + 1, 'time')}`, state: 'broken' };
  return complete
    ? { text: 'test set read once', state: 'ok' }
    : { text: 'test set not opened yet', state: 'pending' };
}

function teacherFrozen(input: SummaryInput, { arm }: Pairing): Check | null {
  if (arm.softTargets === 'none' || input.teacher === null) return null;
  const done = input.teacher.runs.every((run) => run.status === 'finished');
  const text =
    arm.softTargets === 'cache' ? 'teacher frozen, logits cached' : 'teacher frozen, asked at each step';
  return { text, state: done ? 'ok' : 'pending' };
}
