import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NO_DECISIONS } from '../../../src/config/sweep/stages';
import { estimateSeconds } from '../../../src/runs/estimate';
import { futureRuns, countRemainingTrainings } from '../../../src/runs/futureRuns';
import { planExperiment } from '../../../src/runs/plan';
import { prepare } from '../../../src/runs/prepare';
import { workloadOf } from '../../../src/runs/workload';
import { facts, makeExperiment, numerics, temporaryFolder, writeExperiment } from './fixtures';
import { inProcess } from '../../fixtures/inProcess';

const planned = (more: object, choice = NO_DECISIONS) => {
  const experiment = makeExperiment(temporaryFolder(), { experiment: more });
  return { experiment, plan: planExperiment(experiment, facts, numerics, choice) };
};
const T = { parameters: { temperature: [1, 2, 4, 8, 16, 32, 64, 128, 256] }, confirm: 4 };

describe('what results will add to a plan', () => {
  it('is nothing without a sweep, and once it is confirmed', async () => {
    const plain = planned({});
    expect(futureRuns(plain.experiment, plain.plan)).toEqual([]);
    // A teacher, and two seeds of scratch and of the arm.
    expect(await countRemainingTrainings(plain.experiment, plain.plan)).toBe(5);
    const winner = { ...NO_DECISIONS, winner: 'kd-t8-a0-9' };
    const confirmed = planned({ sweep: T }, winner);
    expect(futureRuns(confirmed.experiment, confirmed.plan)).toEqual([]);
  });

  it('is the winner and its scratch on fresh seeds', async () => {
    const { experiment, plan } = planned({ sweep: T });
    expect(futureRuns(experiment, plan).map(({ draft }) => draft.arm?.scratch)).toEqual([
      ...Array.from({ length: 4 }, () => true),
      ...Array.from({ length: 4 }, () => false),
    ]);
    // A teacher, nine cells (one is the file's own arm) and scratch with two seeds each, and those eight.
    expect(await countRemainingTrainings(experiment, plan)).toBe(1 + 2 * 10 + 8);
  });

  it('is the search of a tuned scratch too', () => {
    const { experiment, plan } = planned({ sweep: T, scratch: 'tuned' });
    expect(futureRuns(experiment, plan)).toHaveLength(2 * 8 + 8);
  });

  it('is what successive halving lets go on: a third, and a third of these, each from its rung', async () => {
    const halving = { ...T, search: { halving: { factor: 3, rungs: 2 } }, confirm: 0 };
    const first = planned({ sweep: halving });
    const cells = first.plan.arms.filter((arm) => arm.role === 'cell');
    const stages = new Map(cells.map(({ slug }) => [slug, { until: 4 }]));
    const { experiment, plan } = planned({ sweep: halving }, { ...NO_DECISIONS, stages });
    // Eight cells race for 40 steps: three go on from 4 to 13, one of them to 40, with two seeds each.
    expect(futureRuns(experiment, plan).map(({ steps }) => steps)).toEqual([9, 9, 9, 9, 9, 9, 27, 27]);
    expect(plan.items.filter(({ until }) => until === 4)).toHaveLength(16);
    // To train one further is no other training: a teacher, and nine cells and scratch with two seeds each.
    expect(await countRemainingTrainings(experiment, plan)).toBe(1 + 2 * 10);
  });
});

it('an estimate grows with the cells, less than by their number where they train together', async () => {
  const secondsOf = async (temperatures: number[]) => {
    const sweep = { parameters: { temperature: temperatures }, confirm: 0 };
    const prepared = await prepare(writeExperiment(temporaryFolder(), { experiment: { sweep } }), inProcess);
    return estimateSeconds(prepared, 2);
  };
  const [few, many] = [await secondsOf([1, 2]), await secondsOf(Array.from({ length: 40 }, (_, i) => i + 1))];
  expect(many).toBeGreaterThan(few);
  expect(many).toBeLessThan(10 * few);
});

it('an experiment counts the same before its file is written and after', async () => {
  const file = writeExperiment(temporaryFolder(), { experiment: { sweep: T } });
  const text = readFileSync(file, 'utf8');
  const next = join(dirname(file), 'next.distill.json');
  const unwritten = await prepare(next, inProcess, (path) => (path === next ? text : undefined));
  const before = await workloadOf(unwritten);
  writeFileSync(next, text);
  expect(await workloadOf(await prepare(next, inProcess))).toEqual(before);
  expect(before.trainings).toBe(1 + 2 * 10 + 8);
});
