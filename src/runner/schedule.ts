/** Something to do after others. */
export interface Item {
  id: string;
  waitsFor: string[];
}

/** done: it is there. failed: it was tried. blocked: something that it waits for failed, or a stop came first. */
export type ItemEnd = 'done' | 'failed' | 'blocked';

/**
 * Does items in their order, each after those that it waits for, at most `parallelism` at once. A failure blocks what
 * waits for it and nothing else. Once `stopped` says so nothing new is begun; what runs is waited for.
 *
 * @param perform does an item and says whether it is done now; it must not reject
 * @param stopped asked before each beginning
 */
export async function schedule<T extends Item>(
  items: readonly T[],
  parallelism: number,
  perform: (item: T) => Promise<boolean>,
  stopped: () => boolean,
): Promise<Map<string, ItemEnd>> {
  const ends = new Map<string, ItemEnd>();
  const waiting = new Set(items);
  const known = new Set(items.map((item) => item.id));
  const running = new Set<Promise<void>>();
  const endsOf = (item: T) => item.waitsFor.filter((id) => known.has(id)).map((id) => ends.get(id));

  while (waiting.size > 0 || running.size > 0) {
    for (const item of waiting) {
      const blocked = stopped() || endsOf(item).some((end) => end === 'failed' || end === 'blocked');
      if (!blocked && (running.size >= parallelism || !endsOf(item).every((end) => end === 'done'))) continue;
      waiting.delete(item);
      if (blocked) {
        ends.set(item.id, 'blocked');
        continue;
      }
      const task: Promise<void> = perform(item).then((done) => {
        ends.set(item.id, done ? 'done' : 'failed');
        running.delete(task);
      });
      running.add(task);
    }
    if (running.size > 0) await Promise.race(running);
  }
  return ends;
}

/** The items of these ids with everything that they wait for, in the plan's order. */
export function withPrerequisites<T extends Item>(items: readonly T[], ids: readonly string[]): T[] {
  const wanted = new Set<string>();
  const add = (id: string): void => {
    if (wanted.has(id)) return;
    wanted.add(id);
    items.find((item) => item.id === id)?.waitsFor.forEach(add);
  };
  ids.forEach(add);
  return items.filter((item) => wanted.has(item.id));
}

/** Ids of the items that only the second list has. */
export function addedIds(before: readonly Pick<Item, 'id'>[], after: readonly Pick<Item, 'id'>[]): string[] {
  const known = new Set(before.map(({ id }) => id));
  return after.flatMap(({ id }) => (known.has(id) ? [] : [id]));
}
