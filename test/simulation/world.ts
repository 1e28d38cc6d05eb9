import cdf from '@stdlib/stats-base-dists-t-cdf';
import type { Random } from '../../src/data/random';

/** A made-up population of seeds and test examples whose true gain is known. All of it is in units of a probit. */
export interface World {
  title: string;
  /** What scratch can do, and what the method adds. */
  scratch: number;
  gain: number;
  /** Standard deviation of a seed’s ability, each training of its own. */
  ability: number;
}

/** Standard deviations of an example’s difficulty and of what a method does to an example; an answer’s own noise is 1. */
const DIFFICULTY = 1.5;
const INTERACTION = 0.4;

export const worlds: World[] = [
  { title: 'seeds nearly alike', scratch: 2, gain: 0.25, ability: 0.03 },
  { title: 'seeds differ', scratch: 2, gain: 0.25, ability: 0.15 },
  { title: 'seeds differ much', scratch: 2, gain: 0.25, ability: 0.4 },
  { title: 'few errors', scratch: 4, gain: 0.3, ability: 0.15 },
];

/** An answer is right where ability + difficulty + interaction + noise is above 0. One row of 0/1 a seed, [S][n], of both arms. */
export function answers(world: World, seeds: number, examples: number, random: Random) {
  const difficulty = normals(examples, DIFFICULTY, random);
  const arm = (ability: number) => {
    const own = normals(examples, INTERACTION, random).map((d, i) => d + difficulty[i]!);
    return Array.from({ length: seeds }, () => {
      const level = ability + world.ability * random.normal();
      const right = new Uint8Array(examples);
      for (let i = 0; i < examples; i++) right[i] = random.next() < nearPhi(level + own[i]!) ? 1 : 0;
      return right;
    });
  };
  return { distilled: arm(world.scratch + world.gain), scratch: arm(world.scratch) };
}

const normals = (count: number, sd: number, random: Random) =>
  random.fillNormal(new Float32Array(count), 0, sd);

/** Over all seeds and examples that there could be, exactly. */
export const trueGain = (world: World) =>
  trueAccuracy(world, world.scratch + world.gain) - trueAccuracy(world, world.scratch);

export const trueAccuracy = ({ ability: spread }: World, ability: number) =>
  phi(ability / Math.hypot(DIFFICULTY, INTERACTION, spread, 1));

/** The standard normal distribution, as the limit of Student’s t. */
const phi = (x: number) => cdf(x, 1e9);

const STEPS = 512;
const LIMIT = 8;
const table = Float64Array.from({ length: 2 * LIMIT * STEPS + 2 }, (_, i) => phi(i / STEPS - LIMIT));

/** The same between the places of a table, to 1e-6: ten thousand experiments have billions of answers. */
function nearPhi(x: number): number {
  const place = (Math.min(LIMIT, Math.max(-LIMIT, x)) + LIMIT) * STEPS;
  const at = Math.floor(place);
  return table[at]! + (place - at) * (table[at + 1]! - table[at]!);
}
