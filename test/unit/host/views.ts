import { RunHistory } from '../../../src/host/store/history';
import type { ExperimentView, RunView } from '../../../src/host/store/views';
import type { RunStatus } from '../../../src/results/summary';
import type { RunEvent } from '../../../src/runs/files';
import type { RunDraft } from '../../../src/runs/plan';

/** Views by hand, for whatever only looks at them. */

const untouched: RunView['state'] = {
  status: 'queued',
  attempt: null,
  step: null,
  message: null,
  cause: null,
  pid: null,
  host: null,
  time: null,
};

export interface RunParts {
  arm?: string;
  title?: string;
  seed?: number;
  status?: RunStatus;
  planned?: boolean;
  steps?: number;
  accuracy?: number;
  state?: Partial<RunView['state']>;
  events?: RunEvent[];
}

export function runView(parts: RunParts = {}): RunView {
  const { arm = 'kd', seed = 0, status = 'queued', planned = true, steps = 800, accuracy } = parts;
  const teacher = arm === 'teacher';
  const folder = teacher ? '/w/runs/teachers/big-abc123' : `/w/runs/few/${arm}-abc123/seed-${seed}`;
  const history = new RunHistory();
  for (const event of parts.events ?? []) history.apply(event);
  const spec = {
    kind: teacher ? 'teacher' : 'student',
    seed,
    steps,
    arm: teacher
      ? null
      : { slug: arm, title: parts.title ?? arm, scratch: arm === 'scratch', primary: arm === 'kd' },
    method: {
      id: 'hinton',
      parameters: arm === 'kd' ? { temperature: 4, alpha: 0.9, scaleByT2: true } : {},
      weights: arm === 'kd' ? { distillation: 0.9, student: 0.1 } : { student: 1 },
    },
    training: { batchSize: 50 },
    teacher: teacher ? null : { name: 'big', identity: 'i', folder: 'runs/teachers/big-abc123', seed: 0 },
    data: {
      config: { source: 'digits' },
      inputShape: [8, 8, 1],
      counts: { train: 1000, labelled: 100, validation: 300, test: 500 },
    },
  } as unknown as RunDraft;
  const result =
    accuracy === undefined
      ? null
      : ({ validation: { accuracy, loss: 0.2, ece: 0.1 }, trainingSeconds: 3.1 } as RunView['result']);
  return {
    id: folder,
    folder,
    ended: false,
    planId: planned ? `${arm}/seed-${seed}` : null,
    kind: teacher ? 'teacher' : arm === 'scratch' ? 'scratch' : 'distilled',
    seed,
    spec,
    file: null,
    problem: null,
    state: { ...untouched, status, ...parts.state },
    result,
    probes: null,
    history,
  };
}

export function experimentView(runs: RunView[], parts: Partial<ExperimentView> = {}): ExperimentView {
  const arm = (slug: string) => ({
    slug,
    title: slug,
    scratch: slug === 'scratch',
    primary: slug === 'kd',
    pairedWith: slug === 'scratch' ? null : 'scratch',
  });
  return {
    key: '/w/few.distill.json',
    name: 'few',
    runnable: true,
    root: '/w',
    runsFolder: '/w/runs/few',
    experiment: null,
    diagnostics: [],
    plan: null,
    arms: [arm('scratch'), arm('kd')] as unknown as ExperimentView['arms'],
    networks: {
      teacher: { file: '/w/big.teacher.json', title: 'MLP 64-256-256-10', parameters: 85002 },
      student: { file: '/w/small.student.json', title: 'MLP 64-16-10', parameters: 1210 },
    },
    runs,
    summary: null,
    engine: null,
    state: 'empty',
    unread: false,
    problem: null,
    missing: runs.filter((run) => run.state.status !== 'finished').length,
    later: 0,
    phase: null,
    estimate: 38,
    ...parts,
  };
}
