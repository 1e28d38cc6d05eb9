import { type Snapshot, answered } from '../src/messages';

/**
 * A snapshot whose parts that answer an older request than the page's newest are left as they were: what was chosen since
 * is not replaced by what was chosen before it.
 *
 * @param asked number of the newest request
 */
export function inOrder(before: Snapshot | null, now: Snapshot, asked: number): Snapshot {
  if (before === null || now.answers === asked) return now;
  const kept = Object.fromEntries(answered.map((key) => [key, before[key]])) as Pick<
    Snapshot,
    (typeof answered)[number]
  >;
  return { ...now, ...kept };
}
