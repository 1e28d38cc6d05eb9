import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';
import { readExperiment } from '../../../src/config/read';
import type { DataFacts } from '../../../src/config/facts';
import type { Numerics } from '../../../src/config/numerics';
import type { Experiment } from '../../../src/config/resolved';
import type { RunEvent } from '../../../src/runs/files';
import type { PlanFacts } from '../../../src/runs/plan';

/** Folders that are gone after each test. */
const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'distillery-runs-'));
  made.push(folder);
  return folder;
}

export const numerics: Numerics = {
  engine: 'portable',
  version: '4.22.0',
  variant: 'wasm-simd',
  threads: 1,
  execution: 'eager',
};

export const data: DataFacts = {
  hash: 'd'.repeat(64),
  inputShape: [64],
  classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  count: 1797,
  perClass: [178, 182, 177, 183, 181, 182, 181, 179, 174, 180],
  labelFileHash: null,
  counts: { train: 1000, labelled: 100, validation: 297, test: 500 },
};
export const facts: PlanFacts = { data, models: { teacher: null, student: null }, folders: [] };

export const teacher = {
  layers: [
    { type: 'dense', units: 32, activation: 'relu' },
    { type: 'dense', units: 10 },
  ],
  training: { steps: 60 },
};
export const student = {
  layers: [
    { type: 'dense', units: 8, activation: 'relu' },
    { type: 'dense', units: 10 },
  ],
  training: { epochs: 10, batchSize: 25 },
};
export const experiment = {
  data: { source: 'digits', split: { train: 1000, validation: 297, test: 500 }, labels: { count: 100 } },
  teacher: 'big.teacher.json',
  student: 'small.student.json',
  arms: [{ method: 'hinton', temperature: 4, alpha: 0.9 }],
  seeds: 2,
};

/** Writes the three files of an experiment, with a root around them, and gives the path of the experiment's. */
export function writeExperiment(
  folder: string,
  files: { experiment?: object; teacher?: object; student?: object; name?: string } = {},
): string {
  const file = join(folder, 'experiments', `${files.name ?? 'few'}.distill.json`);
  const put = (path: string, value: object) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(value));
  };
  put(join(folder, 'distillery.json'), {});
  put(file, { ...experiment, ...files.experiment });
  put(join(folder, 'experiments', 'big.teacher.json'), files.teacher ?? teacher);
  put(join(folder, 'experiments', 'small.student.json'), files.student ?? student);
  return file;
}

export function makeExperiment(...args: Parameters<typeof writeExperiment>): Experiment {
  const read = readExperiment(writeExperiment(...args));
  if (read.experiment === null) throw new Error(JSON.stringify(read.diagnostics));
  return read.experiment;
}

export const step = (n: number): RunEvent => ({
  event: 'step',
  time: 1000 + n,
  step: n,
  epoch: n / 4,
  learningRate: 0.1,
  raw: { student: 1 },
  weighted: { student: 1 },
  total: 1,
});
export const start = (attempt: number, from = 0): RunEvent => ({
  event: 'start',
  time: 1000,
  attempt,
  pid: process.pid,
  host: 'here',
  step: from,
  parameters: 10,
});
export const end = (n: number, status: 'finished' | 'stopped' | 'failed' = 'finished') =>
  ({
    event: 'end',
    time: 2000,
    step: n,
    status,
    message: status === 'finished' ? null : 'Because.',
    cause: status === 'stopped' ? 'stop' : status === 'failed' ? 'nan' : null,
  }) satisfies RunEvent;
