import type { RunEvent, RunFile } from '../runs/files';
import { readRunFile } from '../runs/folder';
import { RunTail } from '../runs/tail';

/** Progress of one run, read from its events. */
export class RunProgress {
  private readonly tail: RunTail;
  private run: RunFile | null = null;
  private begun: { time: number; step: number } | null = null;
  private latest: { time: number; step: number } | null = null;
  epoch = 0;
  /** Raw, by term. */
  losses: Readonly<Record<string, number>> = {};
  validationAccuracy: number | null = null;
  end: (RunEvent & { event: 'end' }) | null = null;

  constructor(private readonly folder: string) {
    this.tail = new RunTail(folder);
  }

  async read(): Promise<void> {
    this.run ??= (await readRunFile(this.folder)).value;
    for (const event of await this.tail.read()) this.take(event);
  }

  /** "KD T 4 · α 0.9 · seed 0" */
  get title(): string {
    if (this.run === null) return '';
    return this.run.arm === null ? 'Teacher' : `${this.run.arm.title} · seed ${this.run.seed}`;
  }

  get kind(): RunFile['kind'] | null {
    return this.run?.kind ?? null;
  }

  /** Planned steps; null before run.json exists. */
  get steps(): number | null {
    return this.run?.steps ?? null;
  }

  get step(): number {
    return this.latest?.step ?? 0;
  }

  get epochs(): number {
    return this.step > 0 && this.steps !== null ? Math.round((this.epoch * this.steps) / this.step) : 0;
  }

  get isActive(): boolean {
    return this.begun !== null && this.end === null;
  }

  /** Seconds per step in this attempt; null before the first step. */
  get pace(): number | null {
    if (this.begun === null || this.latest === null || this.latest.step <= this.begun.step) return null;
    return (this.latest.time - this.begun.time) / 1000 / (this.latest.step - this.begun.step);
  }

  private take(event: RunEvent): void {
    switch (event.event) {
      case 'start':
        this.begun = this.latest = { time: event.time, step: event.step };
        this.end = null;
        break;
      case 'step':
        this.latest = { time: event.time, step: event.step };
        this.epoch = event.epoch;
        this.losses = event.raw;
        break;
      case 'evaluation':
        this.validationAccuracy = event.validation.accuracy;
        break;
      case 'end':
        this.end = event;
        break;
      default:
    }
  }
}
