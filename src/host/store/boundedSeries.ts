/** x ascending, same length as y. */
export interface Points {
  x: number[];
  y: number[];
}

interface Point {
  x: number;
  y: number;
}

/** Neighbouring points, of which the lowest and the highest are kept. */
interface Bucket {
  count: number;
  low: Point;
  high: Point;
}

const MOST_POINTS = 2000;

/**
 * A line of at most `mostPoints` points. When it is full, neighbouring buckets are merged and only the lowest and the highest
 * point of each are kept, so that no spike is lost. The first and the last point are always kept. x ascends; `cutAfter`
 * removes the steps that a resumed run repeats.
 */
export class BoundedSeries {
  private buckets: Bucket[] = [];
  private pointsPerBucket = 1;
  private first: Point | null = null;
  private last: Point | null = null;

  constructor(private readonly mostPoints = MOST_POINTS) {}

  add(x: number, y: number): void {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return;
    const point = { x, y };
    this.first ??= point;
    this.last = point;
    const open = this.buckets.at(-1);
    if (open && open.count < this.pointsPerBucket) {
      open.count++;
      if (y < open.low.y) open.low = point;
      if (y > open.high.y) open.high = point;
      return;
    }
    this.buckets.push({ count: 1, low: point, high: point });
    if (this.buckets.length * 2 + 2 > this.mostPoints) this.halve();
  }

  /** Removes everything after x. */
  cutAfter(x: number): void {
    const kept = this.points().filter((point) => point.x <= x);
    const stride = this.pointsPerBucket;
    this.buckets = kept.map((point) => ({ count: stride, low: point, high: point }));
    this.first = kept[0] ?? null;
    this.last = kept.at(-1) ?? null;
    while (this.buckets.length * 2 + 2 > this.mostPoints) this.halve();
  }

  get latest(): number | null {
    return this.last?.y ?? null;
  }

  line(): Points {
    const points = this.points();
    return { x: points.map((p) => p.x), y: points.map((p) => p.y) };
  }

  private points(): Point[] {
    const all: Point[] = this.first ? [this.first] : [];
    const push = (point: Point) => {
      if (point !== all.at(-1) && point !== this.first) all.push(point);
    };
    for (const { low, high } of this.buckets) {
      const [a, b] = low.x <= high.x ? [low, high] : [high, low];
      push(a);
      push(b);
    }
    if (this.last) push(this.last);
    return all;
  }

  private halve(): void {
    const merged: Bucket[] = [];
    for (let i = 0; i < this.buckets.length; i += 2) {
      const a = this.buckets[i];
      const b = this.buckets[i + 1];
      if (a && b)
        merged.push({
          count: a.count + b.count,
          low: b.low.y < a.low.y ? b.low : a.low,
          high: b.high.y > a.high.y ? b.high : a.high,
        });
      else if (a) merged.push(a);
    }
    this.buckets = merged;
    this.pointsPerBucket *= 2;
  }
}
