import type { ArmInput, Look, Predictions, RunInput, SummaryInput } from '../../../src/results/input';
import { RULE } from '../../../src/results/promise';

export const EXAMPLES = 200;

/** Three classes; the first `wrong` examples, from `from` on, are answered wrongly. */
export function predictions(wrong: number, from = 0): Predictions {
  const labels = Int32Array.from({ length: EXAMPLES }, (_, i) => i % 3);
  const logits = new Float32Array(EXAMPLES * 3);
  labels.forEach((label, i) => {
    const answer = i >= from && i < from + wrong ? (label + 1) % 3 : label;
    logits[3 * i + answer] = 4;
  });
  return { logits, labels };
}

export const run = (seed: number, wrong: number, more: Partial<RunInput> = {}): RunInput => ({
  seed,
  identity: null,
  folder: `runs/few/${seed}`,
  status: 'finished',
  steps: 800,
  validation: predictions(wrong),
  test: predictions(wrong),
  parameters: 1210,
  bytes: 4840,
  multiplyAdds: 1184,
  latency: { batch1: { median: 3 + seed, p95: 5 + seed }, batch32: { median: 30 + seed, p95: 50 + seed } },
  peakMemory: { training: 150e6 + seed, inference: 120e6 },
  trainingSeconds: 2,
  cpuSeconds: 3,
  ...more,
});

export const queued = (seed: number): RunInput =>
  run(seed, 0, {
    status: 'queued',
    steps: null,
    validation: null,
    test: null,
    parameters: null,
    bytes: null,
    multiplyAdds: null,
    latency: { batch1: null, batch32: null },
    peakMemory: { training: null, inference: null },
    trainingSeconds: null,
    cpuSeconds: null,
  });

export const arm = (slug: string, runs: RunInput[], more: Partial<ArmInput> = {}): ArmInput => ({
  slug,
  title: slug,
  primary: false,
  role: 'listed',
  cell: null,
  ended: null,
  scratch: 'scratch',
  transferSet: 'labelled',
  labelled: 100,
  temperature: 4,
  softTargets: 'cache',
  recipe: slug,
  ...more,
  runs: (more.runs ?? runs).map((one) => ({ ...one, identity: one.identity ?? identityOf(slug, one.seed) })),
});

export const identityOf = (slug: string, seed: number) => `${slug} ${seed}`;

/** An opening of the test set for these runs, as it was written before promises were. */
export const look = (runs: readonly (readonly [arm: string, seed: number])[]): Look => ({
  test: null,
  numerics: null,
  runs: runs.map(([slug, seed]) => ({ arm: slug, seed, identity: identityOf(slug, seed) })),
  promise: null,
});

const seeds = [0, 1, 2, 3, 4];

const ownScratch = arm(
  'scratch',
  seeds.map((seed) => run(seed, 40 + seed)),
  { temperature: null, softTargets: 'none', scratch: null },
);

/** The opening of the test set for all of these, with what it promised. */
function lookAt(students: Pick<SummaryInput, 'scratches' | 'arms'>, minGain: number): Look {
  const all = [...students.scratches, ...students.arms];
  return {
    ...look(all.flatMap(({ slug, runs }) => runs.map(({ seed }) => [slug, seed] as const))),
    promise: {
      rule: RULE,
      minGain,
      primary: students.arms.find(({ primary }) => primary)?.slug ?? null,
      seeds,
      arms: all.map((one) => ({
        slug: one.slug,
        title: one.title,
        scratch: students.scratches.includes(one),
        role: one.role,
        pairedWith: one.scratch,
        recipe: one.recipe,
        runs: one.runs.map(({ seed }) => ({ seed, identity: identityOf(one.slug, seed) })),
      })),
    },
  };
}

const ownArm = arm(
  'kd-t4',
  seeds.map((seed) => run(seed, 20 + seed)),
  { primary: true, title: 'KD T 4 · α 0.9' },
);

/**
 * Five seeds: scratch has about 40 errors of 200, the distilled arm about 20, the teacher 10; all in the same places. The test
 * set was opened once, for all of them.
 */
export const experiment = ({
  scratch = ownScratch,
  ...more
}: Partial<SummaryInput> & { scratch?: ArmInput | null } = {}): SummaryInput => {
  const students = {
    scratches: more.scratches ?? (scratch === null ? [] : [scratch]),
    arms: more.arms ?? [ownArm],
  };
  return {
    experiment: 'few-labels',
    description: 'Do soft targets help where labels are few?',
    minGain: 0.2,
    classes: ['a', 'b', 'c'],
    examples: { train: 1000, labelled: 100, validation: EXAMPLES, test: EXAMPLES },
    engine: { name: 'portable', why: 'Native TensorFlow is not installed.' },
    seeds,
    teacher: arm('teacher', [run(0, 10, { parameters: 85_002, bytes: 340_008 })], {
      title: 'mlp-256',
      softTargets: 'none',
    }),
    sweep: null,
    looks: [lookAt(students, more.minGain ?? 0.2)],
    test: 'test',
    numerics: 'portable',
    found: [],
    unlisted: false,
    improving: [],
    secondsLeft: null,
    ...more,
    ...students,
  };
};

/** The same with the test set opened once for its own arms, where a test changed them. */
export const opened = (input: SummaryInput): SummaryInput => ({
  ...input,
  looks: [lookAt(input, input.minGain)],
});
