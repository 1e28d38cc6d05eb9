/** A request that waits for its result. */
export interface Pending {
  reject(error: unknown): void;
}

/** Collects requests until every member has made one, then executes them together. */
export class Barrier<Request extends Pending> {
  private readonly waiting: Request[] = [];

  /**
   * @param members number of members; each makes one request at a time
   * @param execute resolves the requests of a batch; if it throws, all of them are rejected
   */
  constructor(
    private members: number,
    private readonly execute: (requests: readonly Request[]) => void,
  ) {}

  add(request: Request): void {
    this.waiting.push(request);
    this.runIfComplete();
  }

  /** A member without a pending request leaves; the others continue. */
  leave(): void {
    this.members--;
    this.runIfComplete();
  }

  private runIfComplete(): void {
    if (this.waiting.length === 0 || this.waiting.length < this.members) return;
    const batch = this.waiting.splice(0);
    try {
      this.execute(batch);
    } catch (error) {
      for (const request of batch) request.reject(error);
    }
  }
}
