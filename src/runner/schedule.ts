/** An item that may depend on others. */
export interface Item {
  id: string;
  waitsFor: string[];
  /** Ids of the items it is compared with: it is not needed where all of them are blocked. Needed anyway where absent. */
  comparedWith?: string[];
}

/** done; failed; or blocked: something that it waits for failed, or a stop came first. */
export type ItemOutcome = 'done' | 'failed' | 'blocked';

/** How the items are done. */
export interface ItemActions<T> {
  /** Runs an item and returns whether it is done now; must not reject. */
  perform: (item: T) => Promise<boolean>;
  /** Asked before an item starts: whether to start no more. */
  isStopping: () => boolean;
  /** Ends a running item that is no longer needed; called once for each. */
  abandon: (item: T) => void;
}

/**
 * Does items in their order, each after those that it waits for, at most `parallelism` at once. A failure blocks what
 * waits for it, and what is compared with nothing else. Once `isStopping` is true nothing new is begun; what runs is waited
 * for.
 */
export async function schedule<T extends Item>(
  items: readonly T[],
  parallelism: number,
  { perform, isStopping, abandon }: ItemActions<T>,
): Promise<Map<string, ItemOutcome>> {
  const ends = new Map<string, ItemOutcome>();
  const waiting = new Set(items);
  const known = new Set(items.map((item) => item.id));
  const running = new Map<T, Promise<void>>();
  const abandoned = new Set<T>();
  const endsOf = (item: T) => item.waitsFor.filter((id) => known.has(id)).map((id) => ends.get(id));
  const isUnneeded = ({ comparedWith = [] }: T) =>
    comparedWith.length > 0 && comparedWith.every((id) => ends.get(id) === 'blocked');
  const isBlocked = (item: T) =>
    isStopping() || isUnneeded(item) || endsOf(item).some((end) => end === 'failed' || end === 'blocked');

  /** One may block others, before and after it. */
  function block(): void {
    const blocked = [...waiting].filter(isBlocked);
    for (const item of blocked) {
      waiting.delete(item);
      ends.set(item.id, 'blocked');
    }
    if (blocked.length > 0) block();
  }

  while (waiting.size > 0 || running.size > 0) {
    block();
    for (const item of waiting) {
      if (running.size >= parallelism) break;
      if (!endsOf(item).every((end) => end === 'done')) continue;
      waiting.delete(item);
      const task = perform(item).then((done) => {
        ends.set(item.id, done ? 'done' : 'failed');
        running.delete(item);
      });
      running.set(item, task);
    }
    for (const item of running.keys()) {
      if (isStopping() || abandoned.has(item) || !isUnneeded(item)) continue;
      abandoned.add(item);
      abandon(item);
    }
    if (running.size > 0) await Promise.race(running.values());
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
