import type { ArmInput, RunInput } from '../input';
import type { BiasSummary } from '../summary';
import { biasCorrection } from './correction';

/**
 * The effect of bias correction for classes missing from an arm's transfer set, over its finished runs; null where it lacks none,
 * or no run is finished.
 */
export function biasSummary(
  { missing }: Pick<ArmInput, 'missing'>,
  runs: readonly RunInput[],
  part: 'validation' | 'test',
): BiasSummary | null {
  if (missing === undefined) return null;
  const answered = runs.flatMap(({ validation, test }) =>
    validation ? [{ validation, test: part === 'test' ? test : null }] : [],
  );
  const found = biasCorrection(answered, missing);
  if (found === null) return null;
  const { fitted, validation, test, onTest } = found;
  return { missing: [...missing], fitted, ...(test ?? validation), onTest };
}
