import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseNpy } from '../../../src/data/npy';
import { readCost, readResult } from '../../../src/runs/folder';
import { runFiles } from '../../../src/runs/layout';
import { readEvents } from '../../../src/runs/tail';
import { averaged } from '../../../src/tasks/ensemble';
import { measureCost } from '../../../src/trainer/measureCost';
import { evaluate } from '../../../src/trainer/evaluate';
import { extract } from '../../../src/trainer/extract';
import { trainRun } from '../../../src/trainer/run';
import { makeRun, mlp, temporaryRoot, training } from './folders';

const MEMBERS = ['runs/teachers/a', 'runs/teachers/b'];
const TEACHER = 'runs/teachers/both';
let root: string;
let folder: string;
const inRoot = (path: string) => join(root, path);
const logits = (of: string, part: 'validation' | 'test') => {
  const file = runFiles(of).predictions(part);
  return Float32Array.from(parseNpy(readFileSync(file), file).data);
};

beforeAll(async () => {
  root = temporaryRoot();
  for (const [seed, member] of MEMBERS.entries()) {
    const made = await makeRun(root, member, {
      kind: 'teacher',
      layers: mlp(16, 10),
      training: training({ steps: 60, optimizer: { type: 'adam', learningRate: 0.02 } }),
      seed,
    });
    expect(await trainRun(made)).toBe('finished');
  }
  folder = await makeRun(root, TEACHER, {
    kind: 'teacher',
    training: training({}),
    steps: 0,
    ensemble: { average: 'probabilities', members: MEMBERS },
  });
});
afterAll(() => rmSync(root, { recursive: true }));

describe('an ensemble', () => {
  test('waits for its members, by name', async () => {
    const early = await makeRun(root, 'runs/teachers/early', {
      kind: 'teacher',
      training: training({}),
      steps: 0,
      ensemble: { average: 'logits', members: [MEMBERS[0]!, 'runs/teachers/none'] },
    });
    expect(await trainRun(early)).toBe('failed');
    expect((await readEvents(early)).at(-1)).toMatchObject({
      cause: 'input',
      message: expect.stringContaining('is not trained yet (runs/teachers/none): train it first.') as string,
    });
  });

  test('answers the mean of its members, and is as large as they are together', async () => {
    expect(await trainRun(folder)).toBe('finished');
    const members = MEMBERS.map((member) => logits(inRoot(member), 'validation'));
    expect(logits(folder, 'validation')).toEqual(averaged(members, 10, 'probabilities'));
    const results = await Promise.all(
      [folder, ...MEMBERS.map(inRoot)].map(async (one) => (await readResult(one)).value!),
    );
    const [own, a, b] = results as [(typeof results)[0], (typeof results)[0], (typeof results)[0]];
    expect(own).toMatchObject({
      steps: 0,
      parameters: a.parameters + b.parameters,
      bytes: a.bytes + b.bytes,
    });
    expect(own.trainingSeconds).toBeCloseTo(a.trainingSeconds + b.trainingSeconds);
    expect(own.validation.loss).toBeLessThan(Math.max(a.validation.loss, b.validation.loss));
  });

  test('is tried on the test set without its members being', async () => {
    await evaluate(folder);
    expect(logits(folder, 'test')).toHaveLength(500 * 10);
    for (const member of MEMBERS)
      expect(existsSync(runFiles(inRoot(member)).predictions('test'))).toBe(false);
  });

  test('costs what its members cost together', async () => {
    await measureCost(folder);
    await measureCost(inRoot(MEMBERS[0]!));
    const [own, member] = await Promise.all([readCost(folder), readCost(inRoot(MEMBERS[0]!))]);
    expect(own.value?.multiplyAdds).toBe(2 * member.value!.multiplyAdds!);
    expect(own.value?.of).not.toBe(member.value?.of);
  });

  test('teaches from the cache as it does live, bit for bit', async () => {
    await extract(folder);
    expect(readdirSync(inRoot('.distillery/cache'))).toHaveLength(1);
    const student = async (softTargets: 'cache' | 'live') => {
      const made = await makeRun(root, `runs/few/${softTargets}/seed-0`, {
        kind: 'student',
        layers: mlp(8, 10),
        training: training({ steps: 20 }),
        labels: 100,
        teacher: TEACHER,
        method: { id: 'hinton', parameters: { temperature: 4, alpha: 0.9 } },
        softTargets,
      });
      expect(await trainRun(made)).toBe('finished');
      return (await readResult(made)).value!.weights;
    };
    expect(await student('live')).toBe(await student('cache'));
  });
});
