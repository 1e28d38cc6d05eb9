import cdf from '@stdlib/stats-base-dists-t-cdf';
import { expect, it } from 'vitest';
import { interval, pairedDifference } from '../../../src/results/statistics';

/** Standard normal numbers from a seed: xorshift and Box–Muller. */
function normals(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Φ, as the limit of Student's t. */
const phi = (x: number) => cdf(x, 1e9);

const examples = 300;
const draws = 2000;
/** Standard deviations of difficulty, of what a method does to an example, and of a seed's ability; e and noise are 1. */
const world = { difficulty: 1.5, interaction: 0.4, ability: 0.15, scratch: 2, gain: 0.25 };

/** An answer is right where ability + difficulty + interaction + noise is above 0: the true accuracy is known exactly. */
const trueAccuracy = (ability: number) =>
  phi(ability / Math.hypot(world.difficulty, world.interaction, world.ability, 1));

it.each([
  [5, 20_250_101],
  [10, 20_250_102],
])('the 95 %% interval holds the true gain 93–97 %% of the time: %d seeds, 300 examples', (seeds, seed) => {
  const normal = normals(seed);
  const truth = trueAccuracy(world.scratch + world.gain) - trueAccuracy(world.scratch);
  let held = 0;
  for (let draw = 0; draw < draws; draw++) {
    const difficulty = Float64Array.from({ length: examples }, () => world.difficulty * normal());
    const arm = (ability: number) => {
      const own = difficulty.map((d) => d + world.interaction * normal());
      return Array.from({ length: seeds }, () => {
        const level = ability + world.ability * normal();
        return Uint8Array.from(own, (o) => (level + o + normal() > 0 ? 1 : 0));
      });
    };
    const { mean, variation } = pairedDifference(arm(world.scratch + world.gain), arm(world.scratch));
    const { low, high } = interval(mean, variation, 0.95);
    if (low <= truth && truth <= high) held += 1;
  }
  expect(held / draws).toBeGreaterThan(0.93);
  expect(held / draws).toBeLessThan(0.97);
});
