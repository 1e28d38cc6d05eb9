import type { Contender } from '../contenders';
import { keep } from '../keep';
import type { Options, Section } from '../options';
import type { Results, Simd } from '../results';
import { mlp, type LayerNetwork } from '../workloads';
import { ask } from './ask';
import { cachedAgainstLive } from './cachedTeacher';
import type { Epochs } from './epochs';
import { growth } from './growth';
import type { OurEngine } from './main';
import { packageShare } from './packageShare';
import { populationRates } from './population';
import { startUp } from './startUp';
import { sweepTime } from './sweep';

const STARTED = ['native', 'portable', 'stock-node', 'stock-wasm', 'torch-fused', 'keras'];
const STARTS = 3;

/** Trainings of 20 epochs, the default budget: 1,000 rows of the quickstart, and 6,400 of MNIST’s size. */
const TRAININGS: {
  title: string;
  engines: OurEngine[];
  rows: number;
  width: number;
  batchSize: number;
  network: LayerNetwork;
}[] = [
  {
    title: '64-16-10, 1,000 rows',
    engines: ['native', 'portable'],
    ...{ rows: 1_667, width: 64, batchSize: 50, network: mlp(16, 10) },
  },
  {
    title: '784-800-800-10, 6,400 rows',
    engines: ['native'],
    ...{ rows: 10_667, width: 784, batchSize: 128, network: mlp(800, 800, 10) },
  },
];

/** All that is measured besides steps side by side; what fails is told and left out. */
export async function measureMore(
  folder: string,
  contenders: readonly Contender[],
  { sections, repeats }: Options,
  results: Results,
  say: (sentence: string) => void,
): Promise<void> {
  const ours = contenders.filter(
    ({ id, missing }) => (id === 'native' || id === 'portable') && missing === null,
  );
  const engines = ours.map(({ id }) => id as OurEngine);
  const measures: Record<Section, () => Promise<void>> = {
    async start() {
      const started = contenders.filter(({ id }) => STARTED.includes(id));
      results.startUp = [
        ...(await startUp(started, 'kd', STARTS)),
        ...(await startUp(started, 'quick-student', STARTS)),
      ];
    },
    async training() {
      results.training = [];
      for (const { title, engines: wanted, ...plan } of TRAININGS)
        for (const engine of wanted.filter((one) => engines.includes(one))) {
          say(`  ${engine}: ${title}`);
          const steps = 20 * Math.ceil((0.6 * plan.rows) / plan.batchSize);
          const question = { ask: 'epochs', engine, plan: { ...plan, classes: 10, steps }, repeats } as const;
          results.training.push({ engine, title, ...(await ask<Epochs>(folder, question)) });
        }
    },
    async population() {
      results.population = await populationRates(folder);
    },
    async sweep() {
      results.sweep = await sweepTime(folder);
    },
    async cache() {
      results.cache = [];
      for (const contender of ours) results.cache.push(await cachedAgainstLive(contender, repeats));
    },
    async simd() {
      const { gflops, threads } = await ask<{ gflops: number; threads: number }>(folder, {
        ask: 'gflops',
        engine: 'portable',
      });
      const peak = await ask<Pick<Simd, 'separate' | 'fused'>>(folder, { ask: 'simd peak' });
      results.simd = { product: gflops, threads, ...peak };
    },
    async package() {
      results.package = await packageShare();
    },
    async growth() {
      results.growth = [];
      for (const engine of engines) results.growth.push(await growth(folder, engine, say));
    },
  };
  for (const section of sections) {
    say(`Measuring: ${section}`);
    try {
      await measures[section]();
      keep(results);
    } catch (error) {
      results.leftOut.push(`${section}: ${(error as Error).message}`);
      say(`  left out: ${(error as Error).message}`);
    }
  }
}
