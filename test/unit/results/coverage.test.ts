import { expect, it } from 'vitest';
import { coverage } from '../../simulation/coverage';
import { worlds } from '../../simulation/world';

const DRAWS = 1000;
/** Four standard errors of a share of 95 % over so many draws, beside the 94–96 % that the whole simulation is held to. */
const CHANCE = 4 * Math.sqrt((0.95 * 0.05) / DRAWS);

it.each(worlds.flatMap((world) => [5, 10].map((seeds) => ({ ...world, seeds }))))(
  '$title: the 95 % interval of $seeds seeds and 300 examples holds the true gain as often as it says',
  ({ seeds, ...world }) => {
    const { twoWay } = coverage(
      world,
      { seeds, examples: 300 },
      { draws: DRAWS, bootstraps: 0, resamples: 0 },
    );
    expect(twoWay).toBeGreaterThan(0.94 - CHANCE);
    expect(twoWay).toBeLessThan(0.96 + CHANCE);
  },
);

it('the t interval over seeds alone does not where the examples are what varies', () => {
  const { seedsAlone } = coverage(
    worlds[0]!,
    { seeds: 10, examples: 300 },
    { draws: DRAWS, bootstraps: 0, resamples: 0 },
  );
  expect(seedsAlone).toBeLessThan(0.94 - CHANCE);
});
