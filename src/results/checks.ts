import { count, plural, times } from './format';
import type { Pairing } from './comparisons';
import type { SummaryInput } from './input';
import type { AfterLook } from './promise';
import type { Check, Comparison } from './summary';

/** Conditions for the headline's verdict to be valid. */
export function checks(
  input: SummaryInput,
  pairing: Pairing,
  comparison: Comparison,
  complete: boolean,
  afterLook: AfterLook,
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
    settings(input, pairing, afterLook),
    testSet(input, comparison, complete, afterLook),
    teacherFrozen(input, pairing),
  ];
  return found.filter((check) => check !== null);
}

/** What the file says is compared with what was promised when the test set was opened. */
function settings(input: SummaryInput, { arm }: Pairing, { changes, recorded }: AfterLook): Check {
  const [look] = input.looks;
  if (look === undefined) return { text: 'T, α set before the test set was opened', state: 'ok' };
  const own = new Set(arm.runs.map(({ identity }) => identity));
  if (!look.runs.some(({ identity }) => own.has(identity)))
    return { text: 'T, α set after the test set was opened', state: 'broken' };
  if (changes.length > 0) return { text: 'changed after the test set was opened', state: 'broken' };
  return recorded
    ? { text: 'T, α set before the test set was opened', state: 'ok' }
    : { text: 'T, α set before the test set was opened; the promise was not recorded', state: 'ok' };
}

/** Added seeds are a second look, for which the interval is wider; runs that are gone are none. */
function testSet(
  { looks }: SummaryInput,
  { look }: Comparison,
  complete: boolean,
  { unlisted, deleted, opening }: AfterLook,
): Check {
  if (unlisted) return { text: 'test set read but not listed in looks.jsonl', state: 'broken' };
  if (deleted > 0)
    return { text: `${plural(deleted, 'run')} deleted after the test set was read`, state: 'broken' };
  if (opening) return { text: 'test set being read', state: 'pending' };
  if (!complete)
    return looks.length === 0
      ? { text: 'test set not opened yet', state: 'pending' }
      : {
          text: `test set read ${times(looks.length)}, to be read again for the added runs`,
          state: 'pending',
        };
  return look > 1
    ? { text: `test set read ${times(look)}, for added seeds: the interval is 99 %`, state: 'ok' }
    : {
        text:
          looks.length > 1 ? `test set read ${times(looks.length)}, once for this arm` : 'test set read once',
        state: 'ok',
      };
}

function teacherFrozen(input: SummaryInput, { arm }: Pairing): Check | null {
  if (arm.softTargets === 'none' || input.teacher === null) return null;
  const done = input.teacher.runs.every((run) => run.status === 'finished');
  const text =
    arm.softTargets === 'cache' ? 'teacher frozen, logits cached' : 'teacher frozen, evaluated at each step';
  return { text, state: done ? 'ok' : 'pending' };
}
