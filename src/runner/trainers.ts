import { UserError } from '../config/errors';
import { clearStop, requestStop, stopRequested } from '../runs/stop';
import { logError, logInfo } from './log';
import type { ProcessExit } from './processExit';
import { startTrainer, type TrainerCommand, type TrainerProcess } from './process';

const LOOK_EVERY = 200;

/** How a trainer ended; `killed`: by us, since it did not answer a stop within its grace. */
export type TrainerExit = ProcessExit & { killed: boolean };

/** The running trainers. Only this class stops them: on the experiment's stop file, or on `stop`. */
export class Trainers {
  private readonly running = new Map<TrainerProcess, readonly string[]>();
  private readonly asked = new Set<string>();
  /** Folders of runs that are no longer needed; the trainer of one may be about to start. */
  private readonly unneeded = new Set<string>();
  private readonly watch: NodeJS.Timeout;
  private deadline: NodeJS.Timeout | null = null;
  /** Trainers that did not end within the grace period. */
  private readonly late = new Set<TrainerProcess>();

  /** How many threads each of the trainers that are started from now on may compute on. */
  threads = 1;

  /** @param grace seconds between a stop and the end of those that do not answer it */
  constructor(
    private readonly command: TrainerCommand,
    private readonly runsFolder: string,
    readonly grace: number,
  ) {
    this.watch = setInterval(() => this.isStopping(), LOOK_EVERY);
  }

  /** Looks at the stop file too: a trainer may have seen it first, and its end must not begin another. */
  isStopping(): boolean {
    if (this.deadline === null && stopRequested(this.runsFolder)) this.stop();
    return this.deadline !== null;
  }

  /** Runs a trainer to its end. `at` are the folders of the runs that it is at, whose own stop files it looks for. */
  async run(
    args: readonly string[],
    at: string | readonly string[],
    write: (line: string) => void,
  ): Promise<TrainerExit> {
    const folders = [at].flat();
    const begun = Date.now();
    const trainer = startTrainer({ ...this.command, threads: this.threads }, args, write);
    write(`node ${[this.command.trainerPath, ...args].join(' ')} (process ${trainer.pid})`);
    this.running.set(trainer, folders);
    if (this.deadline !== null || folders.some((folder) => this.unneeded.has(folder)))
      folders.forEach((folder) => this.ask(folder));
    const ending = await trainer.ended;
    for (const folder of folders) this.unneeded.delete(folder);
    this.running.delete(trainer);
    const seconds = ((Date.now() - begun) / 1000).toFixed(1);
    write(`Ended with ${ending.signal ?? `code ${ending.code}`} after ${seconds} s.`);
    return { ...ending, killed: this.late.has(trainer) && ending.signal === 'SIGKILL' };
  }

  /** Starts no more trainers and asks the running ones to write a checkpoint and end; kills them after the grace period. */
  stop(): void {
    if (this.deadline !== null) return;
    logInfo(`Stopping: ${this.running.size} running, ${this.grace} s until they are ended.`);
    for (const folder of [this.runsFolder, ...[...this.running.values()].flat()]) this.ask(folder);
    this.deadline = setTimeout(() => this.endAll([...this.running.keys()]), this.grace * 1000);
  }

  /** Asks the trainers of these runs to write a checkpoint and end; kills them after the grace period. */
  stopAt(folders: readonly string[]): void {
    for (const folder of folders) this.unneeded.add(folder);
    const meant = [...this.running].filter(([, at]) => at.some((folder) => folders.includes(folder)));
    for (const [, at] of meant) at.forEach((folder) => this.ask(folder));
    setTimeout(() => this.endAll(meant.map(([trainer]) => trainer)), this.grace * 1000).unref();
  }

  private endAll(trainers: readonly TrainerProcess[]): void {
    for (const trainer of trainers) {
      if (!this.running.has(trainer)) continue;
      this.late.add(trainer);
      void trainer.kill();
    }
  }

  /** Removes the stop files. */
  close(): void {
    clearInterval(this.watch);
    if (this.deadline !== null) clearTimeout(this.deadline);
    for (const folder of this.asked) clearStop(folder);
  }

  /** A teacher's folder is outside the experiment's, so each trainer is stopped through its own folder. */
  private ask(folder: string): void {
    this.asked.add(folder);
    try {
      requestStop(folder);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      logError(error.message);
    }
  }
}
