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
  };
}

describe('schedule', () => {
  it('begins in the order of the plan what has nothing to wait for, never more at once than allowed', async () => {
    const s = stage();
    const all = schedule(plan, 2, s.perform, () => false);
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
    const all = schedule(plan, 8, s.perform, () => false);
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

  it('begins nothing after a stop and waits for what runs', async () => {
    const s = stage();
    let stopped = false;
    const all = schedule(plan, 1, s.perform, () => stopped);
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
