// A measure of our own engines in a process of its own: `measures.js <folder> <question as JSON>` prints the answer as JSON.
import { loadEngine } from '../../../src/engines/engines';
import { measureGflops } from '../../../src/trainer/measureGflops';
import { peakMemory } from '../workers/memory';
import { ourTrial } from '../workers/ours';
import { median } from '../statistics';
import { makeBatch } from '../batch';
import { type Workload } from '../workloads';
import { epochs } from './epochs';
import type { Plan } from './realRun';
import { measureRows, prepareRows, type Prepared } from './rows';
import { simdPeak } from './simdPeak';

export type OurEngine = 'native' | 'portable';

export type Question =
  | { ask: 'epochs'; engine: OurEngine; plan: Plan; repeats: number }
  | { ask: 'prepare rows'; engine: OurEngine; plan: Plan }
  | { ask: 'rows'; engine: OurEngine; plan: Plan; prepared: Prepared }
  | { ask: 'step'; engine: OurEngine; workload: Workload; limitMs: number }
  | { ask: 'gflops'; engine: OurEngine }
  | { ask: 'simd peak' };

const WARM_UP = 2;
const FEWEST = 3;

/** Of a step, at one size. */
export interface StepCost {
  ms: number;
  parameters: number;
  peakMemoryMB: number;
}

async function answer(folder: string, question: Question): Promise<unknown> {
  if (question.ask === 'simd peak') return simdPeak();
  const engine = await loadEngine(question.engine);
  switch (question.ask) {
    case 'epochs':
      return epochs(folder, engine, question.plan, question.repeats);
    case 'prepare rows':
      return prepareRows(folder, engine, question.plan);
    case 'rows':
      return measureRows(engine, question.plan, question.prepared);
    case 'gflops':
      return { gflops: await measureGflops(), threads: engine.numerics.threads };
    case 'step': {
      const trial = await ourTrial(engine)(question.workload, makeBatch(question.workload));
      const times: number[] = [];
      const limit = performance.now() + question.limitMs;
      while (times.length < WARM_UP + FEWEST || performance.now() < limit) {
        const begun = performance.now();
        await trial.step();
        times.push(performance.now() - begun);
      }
      const cost: StepCost = {
        ms: median(times.slice(WARM_UP)),
        parameters: trial.parameters,
        peakMemoryMB: peakMemory(),
      };
      return cost;
    }
  }
}

answer(process.argv[2]!, JSON.parse(process.argv[3]!) as Question).then(
  (result) => {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    process.exit(0);
  },
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);
