import { describe, expect, it } from 'vitest';
import { schedule, withPrerequisites, type Item } from '../../../src/runner/schedule';

const item = (id: string, ...waitsFor: string[]): Item => ({ id, waitsFor });
const plan = [
  item('teacher'),
  item('soft', 'teacher'),
  item('scratch-0'),
  item('kd-0', 'soft'),
  item('scratch-1'),
  item('kd-1', 'soft'),
  item('evaluate', 'scratch-0', 'kd-0', 'scratch-1', 'kd-1'),
];

/** Performs items on request, so that a test says what ends when. */
function stage() {
  const begun: string[] = [];
  const abandoned: string[] = [];
  const ends = new Map<string, (done: boolean) => void>();
  return {
    begun,
    perform: (i: Item) => {
      begun.push(i.id);
      return new Promise<boolean>((resolve) => ends.set(i.id, resolve));
    },
    end: async (id: string, done = true) => {
      const resolve = ends.get(id);
      if (!resolve) throw new Error(`${id} is not running`);
      ends.delete(id);
      resolve(done);
      await new Promise((r) => setImmediate(r));
    },
    running: () => [...ends.keys()],
    abandoned,
    abandon: (i: Item) => void abandoned.push(i.id),
  };
}

const acts = (
  { perform, abandon }: Pick<ReturnType<typeof stage>, 'perform' | 'abandon'>,
  isStopping = () => false,
) => ({ perform, abandon, isStopping });

describe('schedule', () => {
  it('begins in the order of the plan what has nothing to wait for, never more at once than allowed', async () => {
    const s = stage();
    const all = schedule(plan, 2, acts(s));
    expect(s.running()).toEqual(['teacher', 'scratch-0']);
    await s.end('scratch-0');
    expect(s.running()).toEqual(['teacher', 'scratch-1']);
    await s.end('teacher');
    expect(s.running()).toEqual(['scratch-1', 'soft']);
    await s.end('soft');
    await s.end('kd-0');
    await s.end('scratch-1');
    expect(s.running()).toEqual(['kd-1']);
    await s.end('kd-1');
    expect(s.running()).toEqual(['evaluate']);
    await s.end('evaluate');
    expect([...(await all).values()]).toEqual(plan.map(() => 'done'));
  });

  it('lets a failure block what waits for it and nothing else', async () => {
    const s = stage();
    const all = schedule(plan, 8, acts(s));
    await s.end('teacher', false);
    await s.end('scratch-0');
    await s.end('scratch-1');
    const ends = await all;
    expect(Object.fromEntries(ends)).toEqual({
      teacher: 'failed',
      soft: 'blocked',
      'scratch-0': 'done',
      'kd-0': 'blocked',
      'scratch-1': 'done',
      'kd-1': 'blocked',
      evaluate: 'blocked',
    });
    expect(s.begun).not.toContain('kd-0');
  });

  describe('what is compared with others only', () => {
    const paired = plan.map((one) =>
      one.id.startsWith('scratch') ? { ...one, comparedWith: [one.id.replace('scratch', 'kd')] } : one,
    );

    it('is stopped, or not begun, once none of them can be done', async () => {
      const s = stage();
      const all = schedule(paired, 2, acts(s));
      expect(s.running()).toEqual(['teacher', 'scratch-0']);
      await s.end('teacher', false);
      expect(s.abandoned).toEqual(['scratch-0']);
      expect(s.running()).toEqual(['scratch-0']);
      await s.end('scratch-0', false);
      const ends = Object.fromEntries(await all);
      expect(ends).toMatchObject({ 'scratch-0': 'failed', 'scratch-1': 'blocked', 'kd-0': 'blocked' });
      expect(s.begun).toEqual(['teacher', 'scratch-0']);
      expect(s.abandoned).toHaveLength(1);
    });

    it('is not begun either where it waits for the same', async () => {
      const s = stage();
      const waiting = paired.map((one) =>
        one.id.startsWith('scratch') ? { ...one, waitsFor: ['teacher'] } : one,
      );
      const all = schedule(waiting, 8, acts(s));
      expect(s.running()).toEqual(['teacher']);
      await s.end('teacher', false);
      await all;
      expect(s.begun).toEqual(['teacher']);
      expect(s.abandoned).toEqual([]);
    });

    it('goes on where one of them can be done, failed by itself, or a stop came', async () => {
      const s = stage();
      const other = [
        ...paired.map((one) =>
          one.comparedWith ? { ...one, comparedWith: [...one.comparedWith, 'other-kd'] } : one,
        ),
        item('other-kd'),
      ];
      const all = schedule(other, 3, acts(s));
      await s.end('teacher', false);
      await s.end('other-kd', false);
      await s.end('scratch-0');
      await s.end('scratch-1');
      expect((await all).get('scratch-1')).toBe('done');
      expect(s.abandoned).toEqual([]);

      const t = stage();
      let stopped = false;
      const stopping = schedule(
        paired,
        2,
        acts(t, () => stopped),
      );
      stopped = true;
      await t.end('teacher', false);
      await t.end('scratch-0', false);
      await stopping;
      expect(t.abandoned).toEqual([]);
    });
  });

  it('begins nothing after a stop and waits for what runs', async () => {
    const s = stage();
    let stopped = false;
    const all = schedule(
      plan,
      1,
      acts(s, () => stopped),
    );
    stopped = true;
    let over = false;
    void all.then(() => (over = true));
    await new Promise((r) => setImmediate(r));
    expect(over).toBe(false);
    await s.end('teacher');
    expect(Object.fromEntries(await all)).toMatchObject({
      teacher: 'done',
      'scratch-0': 'blocked',
      evaluate: 'blocked',
    });
    expect(s.begun).toEqual(['teacher']);
  });
});

describe('withPrerequisites', () => {
  it('takes along what the items wait for, in the order of the plan', () => {
    expect(withPrerequisites(plan, ['kd-1']).map((i) => i.id)).toEqual(['teacher', 'soft', 'kd-1']);
    expect(withPrerequisites(plan, ['scratch-1', 'scratch-0']).map((i) => i.id)).toEqual([
      'scratch-0',
      'scratch-1',
    ]);
  });
});
