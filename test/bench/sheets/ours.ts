import { megabytes, number, percent, ratioText, spreadText } from '../format';
import type { Results } from '../results';
import { COMMAND, type Sheet } from './sheet';
import { titleOf } from './steps';

export const startSheet = (results: Results, startUp: NonNullable<Results['startUp']>): Sheet => ({
  title: 'Start to first step',
  command: `${COMMAND} --only start`,
  about: 'Milliseconds from the start of a fresh process to the end of its first step.',
  head: ['', 'workload', 'ms'],
  rows: startUp.map(({ contender, workload, ms }) => [titleOf(results, contender), workload, spreadText(ms)]),
  notes: [],
});

export const trainingSheet = (training: NonNullable<Results['training']>): Sheet => ({
  title: 'The real training loop',
  command: `${COMMAND} --only training`,
  about:
    'Complete trainings of 20 epochs with evaluations, gradient shares, events and checkpoints on disk; ' +
    'distilled trainings first read their soft targets. The share of events is the time in the calls that write them.',
  head: ['', 'hard labels, ms an epoch', 'distilled, ms an epoch', 'ratio', 'events', 'checkpoints'],
  rows: training.map(({ engine, title, hard, distilled, ratio, eventShare, checkpointShare }) => [
    `${engine}: ${title}`,
    spreadText(hard),
    spreadText(distilled),
    ratioText(ratio),
    percent(eventShare.median),
    percent(checkpointShare.median),
  ]),
  notes: [],
});

export function populationSheet(rates: NonNullable<Results['population']>): Sheet {
  const { runs, groups, pool } = rates;
  const row = (what: string, rate: number) => [what, number(rate), number(rate / pool)];
  return {
    title: 'Many runs of a small student',
    command: `${COMMAND} --only population`,
    about:
      `Whole runs a minute of the quickstart’s student, 64-16-10 and 800 steps, on the portable engine: the ${runs} of 5 ` +
      'temperatures × 3 α and scratch, with 5 seeds each, or some of them, from the start of the trainers to the last result.',
    head: ['', 'runs a minute', 'to a pool'],
    rows: [
      row('one at a time', rates.oneByOne),
      row('a pool: a process a run, one for each core', pool),
      row(`together: ${groups} processes, each with a group of runs`, rates.together),
    ],
    notes: [],
  };
}

export const sweepSheet = ({ trainings, estimated, taken }: NonNullable<Results['sweep']>): Sheet => ({
  title: 'A sweep against its plan',
  command: `${COMMAND} --only sweep`,
  about:
    `Seconds of the quickstart with a sweep of 5 temperatures × 3 α and 5 seeds on the portable engine, ${trainings} trainings, ` +
    'from the command to the report, and the estimate of distillery plan before the first run.',
  head: ['trainings', 'planned, s', 'taken, s', 'taken to planned'],
  rows: [[String(trainings), number(estimated), number(taken), number(taken / estimated)]],
  notes: [],
});

export const cacheSheet = (results: Results, cache: NonNullable<Results['cache']>): Sheet => ({
  title: 'Soft targets from the cache against a live teacher',
  command: `${COMMAND} --only cache`,
  about: 'Milliseconds per step of 784-800-800-10, without and with the forward pass of 784-1200-1200-10.',
  head: ['', 'given', 'live', 'ratio'],
  rows: cache.map(({ contender, cachedMs, liveMs, ratio }) => [
    titleOf(results, contender),
    spreadText(cachedMs),
    spreadText(liveMs),
    ratioText(ratio),
  ]),
  notes: [],
});

export function simdSheet({ product, threads, separate, fused }: NonNullable<Results['simd']>): Sheet {
  const row = (what: string, gflops: number) => [what, number(gflops), percent(product / (gflops * threads))];
  return {
    title: 'The portable engine and the limit of 128-bit SIMD',
    command: `${COMMAND} --only simd`,
    about:
      `The product of two 512 × 512 matrices runs at ${number(product)} GFLOPS on ${threads} ` +
      `${threads === 1 ? 'thread' : 'threads'}. The limit is a loop in registers without memory access, on one core.`,
    head: ['', 'GFLOPS of one core', 'reached by the product'],
    rows: [
      row('multiply, then add', separate),
      ...(fused === null ? [] : [row('both in one (relaxed SIMD)', fused)]),
    ],
    notes: [],
  };
}

export const packageSheet = ({
  webAssembly,
  backend,
  tensorflow,
}: NonNullable<Results['package']>): Sheet => ({
  title: 'The portable engine in the package',
  command: `${COMMAND} --only package`,
  about: 'Uncompressed sizes.',
  head: ['', 'size'],
  rows: [
    ['WebAssembly', megabytes(webAssembly)],
    ['its JavaScript and our kernels, in the trainer', megabytes(backend)],
    ['TensorFlow.js in the trainer, which every engine needs', megabytes(tensorflow)],
  ],
  notes: [],
});
