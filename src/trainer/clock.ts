/** Time that falls to one run, in milliseconds. */
export interface Clock {
  wall(): number;
  /** Of processors, all threads together. */
  processor(): number;
}

/** Of a run that has its process to itself. */
export const ownClock: Clock = {
  wall: () => performance.now(),
  processor() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};

/** Of runs that share a process: each moment is divided among those who were there. */
export class SharedClock implements Clock {
  private readonly seen = { wall: ownClock.wall(), processor: ownClock.processor() };
  private readonly passed = { wall: 0, processor: 0 };

  /** @param runCount how many there are now */
  constructor(private readonly runCount: () => number) {}

  wall(): number {
    this.update();
    return this.passed.wall;
  }

  processor(): number {
    this.update();
    return this.passed.processor;
  }

  /** To be called before one comes or goes. */
  update(): void {
    const among = Math.max(1, this.runCount());
    for (const kind of ['wall', 'processor'] as const) {
      const now = ownClock[kind]();
      this.passed[kind] += (now - this.seen[kind]) / among;
      this.seen[kind] = now;
    }
  }
}
