import type { Sweep } from './schema';

export type Halving = NonNullable<Exclude<Sweep['search'], 'grid'>['halving']>;

export const halvingOf = ({ search }: Sweep): Halving | null =>
  search === 'grid' ? null : (search.halving ?? null);

/** The steps at which cells are compared, ascending and distinct: steps/factor^rungs … steps/factor, each at least 1. */
export function rungSteps({ factor, rungs }: Halving, steps: number): number[] {
  const all = Array.from({ length: rungs }, (_, rung) => Math.round(steps / factor ** (rungs - rung)));
  return [...new Set(all.filter((step) => step > 0 && step < steps))];
}

/** The step until which a cell is trained next (null: its end), or the step at which it was eliminated. */
export type Stage = { until: number | null } | { ended: number };

export interface Racer {
  slug: string;
  steps: number;
  /** Mean validation loss over the seeds at each rung; null if a seed has not reached it, Infinity if one diverged. */
  losses: (number | null)[];
}

/**
 * Successive halving (Jamieson, Talwalkar 2016, “Non-stochastic Best Arm Identification and Hyperparameter
 * Optimization”, Algorithm 1): after each rung the best 1/factor of the cells continue. A rung is decided when all its cells
 * have reached it, so the outcome does not depend on their speed or on interruptions.
 */
export function stagesOf(racers: readonly Racer[], halving: Halving): Map<string, Stage> {
  const stages = new Map<string, Stage>();
  let left = [...racers];
  for (let rung = 0; left.length > 0; rung += 1) {
    const stepOf = ({ steps }: Racer) => rungSteps(halving, steps)[rung] ?? null;
    const undecided = left.some((racer) => stepOf(racer) !== null && (racer.losses[rung] ?? null) === null);
    if (undecided || left.every((racer) => stepOf(racer) === null)) {
      for (const racer of left) stages.set(racer.slug, { until: stepOf(racer) });
      return stages;
    }
    const ranked = [...left].sort((a, b) => compare(a.losses[rung], b.losses[rung]));
    const kept = new Set(ranked.slice(0, Math.max(1, Math.ceil(left.length / halving.factor))));
    for (const racer of left)
      if (!kept.has(racer)) stages.set(racer.slug, { ended: stepOf(racer) ?? racer.steps });
    left = left.filter((racer) => kept.has(racer));
  }
  return stages;
}

/** A missing loss, of a cell with fewer rungs, ranks first. */
function compare(a: number | null | undefined, b: number | null | undefined): number {
  const [x, y] = [a ?? -Infinity, b ?? -Infinity];
  return x < y ? -1 : x > y ? 1 : 0;
}
