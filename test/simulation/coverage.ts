import { stream } from '../../src/data/random';
import { crossedBootstrap } from '../../src/results/bootstrap';
import { interval, pairedDifference, seedInterval } from '../../src/results/statistics';
import { answers, trueGain, type World } from './world';

export interface Size {
  seeds: number;
  examples: number;
}

/** How many experiments are drawn, and for how many of them the bootstrap is made, of how many resamples. */
export interface Effort {
  draws: number;
  bootstraps: number;
  resamples: number;
}

/** Shares of experiments whose 95 % interval holds the true gain; the bootstrap’s is NaN where none was made. */
export interface Coverage {
  twoWay: number;
  seedsAlone: number;
  bootstrap: number;
  /** Mean width of the rule’s interval, as a share. */
  width: number;
}

export function coverage(world: World, { seeds, examples }: Size, effort: Effort): Coverage {
  const truth = trueGain(world);
  const holds = ({ low, high }: { low: number; high: number }) => Number(low <= truth && truth <= high);
  const held = { twoWay: 0, seedsAlone: 0, bootstrap: 0, width: 0 };
  for (let draw = 0; draw < effort.draws; draw++) {
    const random = stream(draw, 'coverage', world.title, seeds, examples);
    const { distilled, scratch } = answers(world, seeds, examples, random);
    const { mean, variation } = pairedDifference(distilled, scratch);
    const rule = interval(mean, variation, 0.95);
    held.twoWay += holds(rule);
    held.width += rule.high - rule.low;
    held.seedsAlone += holds(seedInterval(mean, variation, 0.95));
    if (draw >= effort.bootstraps) continue;
    const differences = distilled.map((row, s) => Int8Array.from(row, (right, i) => right - scratch[s]![i]!));
    held.bootstrap += holds(crossedBootstrap(differences, 0.95, effort.resamples));
  }
  return {
    twoWay: held.twoWay / effort.draws,
    seedsAlone: held.seedsAlone / effort.draws,
    bootstrap: held.bootstrap / effort.bootstraps,
    width: held.width / effort.draws,
  };
}
