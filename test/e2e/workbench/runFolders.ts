import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What stands on disk, read without any of Distillery's own code. */
export interface StoredRun {
  folder: string;
  arm: string | null;
  seed: number;
}

/** The students' runs under a folder, wherever its root is. */
export function storedRuns(folder: string): StoredRun[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => basename(file) === 'run.json')
    .map((file) => ({ folder: join(folder, dirname(file)), ...readRun(join(folder, file)) }))
    .filter((run) => run.kind === 'student')
    .map(({ folder: where, arm, seed }) => ({ folder: where, arm: arm?.title ?? null, seed }));
}

export function storedRun(folder: string, arm: string, seed: number): StoredRun {
  const found = storedRuns(folder).find((run) => run.arm === arm && run.seed === seed);
  if (!found) throw new Error(`No run of ${arm}, seed ${seed}, under ${folder}.`);
  return found;
}

/** SHA-256 of the weights that the run selected. */
export const weightsOf = (run: StoredRun) =>
  readJson<{ weights: string }>(join(run.folder, 'result.json')).weights;

/** Whole numbers of the attempts that were made. */
export const attemptsOf = (run: StoredRun) =>
  readdirSync(run.folder).flatMap((file) => /^events\.(\d+)\.jsonl$/.exec(file)?.[1] ?? []);

export const checkpointsOf = (run: StoredRun) => {
  const folder = join(run.folder, 'checkpoints');
  return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.ckpt')) : [];
};

/** The process that walks the plan; null where none has ever. */
export function runnerOf(folder: string, experiment: string): number | null {
  const file = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((path) =>
    path.endsWith(join(experiment, 'runner.json')),
  );
  return file === undefined ? null : readJson<{ pid: number }>(join(folder, file)).pid;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

interface Example {
  label: number;
  teacherLogits: number[];
  studentLogits: number[];
}

/** The examples that a run keeps, with the student's logits at its last probe. */
export function examplesOf(run: StoredRun): Example[] {
  const { examples } = readJson<{ examples: { label: number; teacherLogits: number[] }[] }>(
    join(run.folder, 'probes.json'),
  );
  const attempt = Math.max(...attemptsOf(run).map(Number));
  const last = readFileSync(join(run.folder, `events.${attempt}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line.includes('"probe"'))
    .map((line) => JSON.parse(line) as { logits: number[][] })
    .at(-1);
  return examples.map((example, i) => ({ ...example, studentLogits: last?.logits[i] ?? [] }));
}

/** softmax(z / T), in percent: the formula itself, in float64. */
export function softened(logits: number[], temperature: number): number[] {
  const highest = Math.max(...logits);
  const powers = logits.map((z) => Math.exp((z - highest) / temperature));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => (100 * power) / sum);
}

const readRun = (file: string) =>
  readJson<{ kind: string; arm: { title: string } | null; seed: number }>(file);

const readJson = <T>(file: string) => JSON.parse(readFileSync(file, 'utf8')) as T;
