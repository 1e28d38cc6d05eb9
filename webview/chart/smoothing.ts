import { isNumber } from './model';

/**
 * Exponential moving average with the start's bias taken out: weight 0 returns the values, 0.99 is very smooth.
 * A gap stays a gap and is not averaged over.
 */
export function smooth(values: readonly (number | null)[], weight: number): (number | null)[] {
  let average = 0;
  let mass = 0;
  return values.map((value) => {
    if (!isNumber(value)) return null;
    average = weight * average + (1 - weight) * value;
    mass = weight * mass + (1 - weight);
    return average / mass;
  });
}
