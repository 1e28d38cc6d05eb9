/** Time used by one run, in milliseconds. */
export interface Clock {
  wall(): number;
  /** Of processors, all threads together. */
  processor(): number;
}

/** For a run that has its own process. */
export const ownClock: Clock = {
  wall: () => performance.now(),
  processor() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};

/** For runs that share a process: elapsed time is divided among the runs that are active. */
export class SharedClock implements Clock {
  private readonly seen = { wall: ownClock.wall(), processor: ownClock.processor() };
  private readonly passed = { wall: 0, processor: 0 };

  /** @param runCount the number of active runs */
  constructor(private readonly runCount: () => number) {}

  wall(): number {
    this.update();
    return this.passed.wall;
  }

  processor(): number {
    this.update();
    return this.passed.processor;
  }

  /** Call this before the number of runs changes. */
  update(): void {
    const among = Math.max(1, this.runCount());
    for (const kind of ['wall', 'processor'] as const) {
      const now = ownClock[kind]();
      this.passed[kind] += (now - this.seen[kind]) / among;
      this.seen[kind] = now;
    }
  }
}
