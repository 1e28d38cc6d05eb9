/**
 * Calls `post` at most once per `interval` (milliseconds), and once more after the last request, so that the newest state
 * always arrives. While `paused` nothing is posted; one request is kept for later.
 */
export class Throttle {
  private timer: NodeJS.Timeout | null = null;
  private wanted = false;
  private last = -Infinity;
  private held = false;

  constructor(
    private readonly post: () => void,
    private readonly interval = 100,
    private readonly now: () => number = Date.now,
  ) {}

  request(): void {
    this.wanted = true;
    if (this.held || this.timer) return;
    const wait = Math.max(0, this.last + this.interval - this.now());
    this.timer = setTimeout(() => this.fire(), wait);
  }

  set paused(paused: boolean) {
    this.held = paused;
    if (paused) this.cancel();
    else if (this.wanted) this.request();
  }

  dispose(): void {
    this.held = true;
    this.cancel();
  }

  private fire(): void {
    this.timer = null;
    this.wanted = false;
    this.last = this.now();
    this.post();
  }

  private cancel(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }
}
