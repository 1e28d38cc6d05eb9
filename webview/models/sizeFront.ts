import { bytes, count, fixed, latency } from '../../src/results/format';
import type { ArmSummary, Summary } from '../../src/results/summary';
import type { Axis } from '../chart/model';
import type { PageState } from '../state';
import { latencyOf } from './measures';

/** An arm where its size and its accuracy put it. Shares are 0–1. */
export interface SizePoint {
  slug: string;
  title: string;
  kind: ArmSummary['kind'];
  size: number;
  accuracy: number;
  sd: number;
  n: number;
  /** No other arm is smaller and at least as accurate. */
  front: boolean;
}

export interface SizeFront {
  points: SizePoint[];
  /** Scratch and distilled of one network, by index in `points`. */
  pairs: [scratch: number, distilled: number][];
}

const sizes: Record<
  PageState['sizeAxis'],
  { of: (arm: ArmSummary) => number | null; name: string; say: (n: number) => string }
> = {
  parameters: { of: (arm) => arm.parameters, name: 'parameters', say: count },
  bytes: { of: (arm) => arm.bytes, name: 'size, float32', say: bytes },
  latency: { of: latencyOf, name: 'latency, batch 1', say: latency },
};
export const sizeAxisOf = (axis: PageState['sizeAxis']) => sizes[axis];

/** Every arm, the scratches and the teacher, where size and accuracy are both known. */
export function sizeFront(
  summary: Summary,
  arms: readonly ArmSummary[],
  axis: PageState['sizeAxis'],
): SizeFront {
  const { teacher, part, comparisons } = summary;
  const known = [...(teacher ? [teacher] : []), ...arms].flatMap((arm) => {
    const [size, value] = [sizes[axis].of(arm), arm[part]];
    return size === null || size <= 0 || !value ? [] : [{ arm, size, value }];
  });
  const points = known.map(({ arm, size, value }): SizePoint => ({
    slug: arm.slug,
    title: arm.title,
    kind: arm.kind,
    size,
    accuracy: value.mean,
    sd: value.sd,
    n: value.n,
    front: !known.some(
      (other) =>
        other.value.mean >= value.mean &&
        other.size <= size &&
        (other.value.mean > value.mean || other.size < size),
    ),
  }));
  const indexOf = (slug: string | null) => points.findIndex((point) => point.slug === slug);
  const pairs = comparisons.flatMap(({ arm, scratch }): [number, number][] => {
    const [from, to] = [indexOf(scratch), indexOf(arm)];
    return from < 0 || to < 0 ? [] : [[from, to]];
  });
  return { points, pairs };
}

/** 1-2-5 ends around the sizes, on a logarithmic axis. */
export function sizeScale(points: readonly SizePoint[], say: (size: number) => string): Axis {
  const all = points.map(({ size }) => size);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  return { scale: 'log', min: low / 1.5, max: high * 1.5, leastStep: 1, tick: say };
}

/** From a floor that whole fives of percent give, so that it does not move with a seed. */
export function accuracyScale(points: readonly { accuracy: number; sd: number }[]): Axis {
  const lowest = Math.min(...points.map(({ accuracy, sd }) => accuracy - sd)) * 100;
  const highest = Math.max(...points.map(({ accuracy, sd }) => accuracy + sd)) * 100;
  return {
    scale: 'linear',
    min: Math.max(0, Math.floor((lowest - 0.5) / 5) * 5),
    max: Math.min(100, Math.ceil((highest + 0.5) / 5) * 5),
    tick: fixed,
  };
}
