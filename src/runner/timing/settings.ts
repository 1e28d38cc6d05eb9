import type { Load } from './loads';

/** What can be set about native TensorFlow when its process starts. */
export interface Setting {
  /** Of one training. */
  threads: number;
  xla: boolean;
}

/** Of a training, by the key of its load. */
export type Times = ReadonlyMap<string, { startSeconds: number; stepSeconds: number }>;

export interface Machine {
  cores: number;
  /** Trainings at once. */
  trainers: number;
}

/** Without having timed anything: the cores shared among the trainings that run at once. */
export const usual = ({ cores, trainers }: Machine): Setting => ({
  threads: Math.max(1, Math.floor(cores / trainers)),
  xla: false,
});

/** The other numbers of threads that may be faster; twice the cores, since threads wait for each other on a busy machine. */
export function otherThreads(machine: Machine): Setting[] {
  const { threads } = usual(machine);
  const numbers = machine.trainers === 1 ? [1, machine.cores, 2 * machine.cores] : [1, machine.cores];
  return [...new Set(numbers)].filter((n) => n !== threads).map((n) => ({ threads: n, xla: false }));
}

/** Seconds that all trainings take by these times: cores that two trainings want at once are shared. */
export function expectedSeconds(
  loads: readonly Load[],
  times: Times,
  { threads }: Setting,
  { cores, trainers }: Machine,
): number {
  return loads.reduce((sum, { key, runs, steps }) => {
    const time = times.get(key);
    if (time === undefined) return Infinity;
    const atOnce = Math.min(trainers, runs);
    const wanted = atOnce * Math.min(threads, cores);
    const seconds = runs * time.startSeconds + steps * time.stepSeconds;
    return sum + (seconds / atOnce) * Math.max(1, wanted / cores);
  }, 0);
}
