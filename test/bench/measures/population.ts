import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Numerics } from '../../../src/config/numerics';
import type { PlanItem } from '../../../src/runs/files';
import { absoluteFolder, createRun, readResult } from '../../../src/runs/folder';
import type { Plan } from '../../../src/runs/plan';
import { prepare } from '../../../src/runs/prepare';
import { groupItems } from '../../../src/runs/groups';
import { createSelfTest } from '../../../src/runner/selfTest';
import { startTrainer, type TrainerCommand } from '../../../src/runner/process';
import { schedule, type Item } from '../../../src/runner/schedule';
import { cores, root } from '../contenders';
import { inProcess } from '../../fixtures/inProcess';

/** Enough for a rate; all of them take minutes. */
const ONE_BY_ONE = 12;
const IN_A_POOL = 32;

/** Runs of the quickstart’s student a minute, in trainers on one thread each. */
export interface PopulationRates {
  oneByOne: number;
  pool: number;
  together: number;
  runs: number;
  groups: number;
}

/** Trainings of the quickstart’s T × α grid with scratch, five seeds each: by a process a run, and by groups. */
export async function populationRates(folder: string): Promise<PopulationRates> {
  const command: TrainerCommand = {
    trainerPath: join(root, 'dist', 'trainer.js'),
    nodeArguments: [],
    threads: 1,
  };
  const probed = await createSelfTest(command, () => undefined)('portable');
  if (!probed.ok) throw new Error(probed.reason);
  // All of them before any folder is there: a plan uses what it finds again.
  const [alone, pool, together] = [
    await planGrid(folder, 'alone'),
    await planGrid(folder, 'pool'),
    await planGrid(folder, 'together'),
  ];
  const grid = new Grid(folder, command, probed.numerics);
  await grid.make(alone.plan, alone.teacher);
  await grid.train(alone.teacher, 'train');
  await grid.train(alone.teacher, 'extract');
  const units = groupItems(together.runs, together.plan, probed.numerics, cores);
  const single = (runs: readonly PlanItem[], most: number) =>
    runs.slice(0, most).map((item) => ({ id: item.id, waitsFor: [], items: [item] }));
  return {
    oneByOne: await grid.rate(alone.plan, single(alone.runs, ONE_BY_ONE), 1),
    pool: await grid.rate(pool.plan, single(pool.runs, IN_A_POOL), cores),
    together: await grid.rate(together.plan, units, cores),
    runs: together.runs.length,
    groups: units.length,
  };
}

async function planGrid(folder: string, name: string) {
  const sample = join(root, 'samples', 'quickstart');
  for (const file of ['mlp-16.student.json', 'mlp-256.teacher.json'])
    copyFileSync(join(sample, file), join(folder, file));
  const file = join(folder, `${name}.distill.json`);
  const arms = [1, 2, 4, 8, 20].flatMap((temperature) =>
    [0.5, 0.9, 1].map((alpha) => ({ method: 'hinton', temperature, alpha })),
  );
  const split = { train: 1000, validation: 297, test: 500, seed: 0 };
  const data = { source: 'digits', split, labels: { count: 100 } };
  const files = { teacher: 'mlp-256.teacher.json', student: 'mlp-16.student.json' };
  writeFileSync(file, JSON.stringify({ data, ...files, arms, seeds: 5 }));
  const { plan } = await prepare(file, inProcess);
  if (plan === null) throw new Error('The grid of the bench cannot be planned.');
  const runs = plan.items.filter(({ kind }) => kind === 'run').map((item) => ({ ...item, waitsFor: [] }));
  return { plan, runs, teacher: plan.items.find(({ kind }) => kind === 'teacher')! };
}

/** Run folders below one root, and the trainers that do them. */
class Grid {
  constructor(
    private readonly root: string,
    private readonly command: TrainerCommand,
    private readonly numerics: Numerics,
  ) {}

  make({ drafts }: Plan, item: PlanItem): Promise<unknown> {
    const versions = { distillery: 'bench', tensorflow: this.numerics.version };
    return createRun(absoluteFolder(this.root, item), drafts.get(item.id)!, this.numerics, versions);
  }

  async train(item: PlanItem, verb: 'train' | 'extract'): Promise<void> {
    await this.start([verb, absoluteFolder(this.root, item)]);
  }

  /** Runs a minute, with so many trainers at once. */
  async rate(
    plan: Plan,
    units: readonly (Item & { items: PlanItem[] })[],
    trainers: number,
  ): Promise<number> {
    const runs = units.flatMap(({ items }) => items);
    for (const item of runs) await this.make(plan, item);
    const begun = performance.now();
    const perform = async ({ items }: (typeof units)[number]) => {
      const folders = items.map((item) => absoluteFolder(this.root, item));
      await this.start(['train', ...(items.length > 1 ? ['--group'] : []), ...folders]);
      return true;
    };
    await schedule(units, trainers, { perform, isStopping: () => false, abandon: () => undefined });
    const minutes = (performance.now() - begun) / 60_000;
    for (const item of runs)
      if ((await readResult(absoluteFolder(this.root, item))).value === null)
        throw new Error(`${item.id} did not end.`);
    return runs.length / minutes;
  }

  private async start(args: readonly string[]): Promise<void> {
    const { code, stderr } = await startTrainer(this.command, args, () => undefined).ended;
    if (code !== 0) throw new Error(stderr.at(-1) ?? `A trainer ended with code ${code}.`);
  }
}
