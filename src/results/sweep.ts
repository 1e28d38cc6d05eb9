import { pair } from './comparisons';
import type { ArmInput, SummaryInput } from './input';
import type { SweepSummary } from './summary';

/** What came of a sweep: by how much choosing the best of its cells flatters it, once fresh seeds have been asked. */
export function sweepSummary({ sweep, arms, scratches }: SummaryInput): SweepSummary | null {
  if (sweep === null) return null;
  const gain = (slug: string | null): number | null => {
    const arm = arms.find((one) => one.slug === slug);
    const scratch = scratches.find((one) => one.slug === arm?.scratch) ?? null;
    return arm ? meanGain(arm, scratch) : null;
  };
  const [chosen, confirmed] = [gain(sweep.winner), gain(sweep.confirmation)];
  return { ...sweep, optimism: chosen === null || confirmed === null ? null : { chosen, confirmed } };
}

/** Over scratch, on validation, of the seeds that both have finished. */
function meanGain(arm: ArmInput, scratch: ArmInput | null): number | null {
  const { perSeed } = pair(arm, scratch, 'validation');
  if (perSeed.length === 0 || perSeed.length < arm.runs.length) return null;
  return perSeed.reduce((sum, { difference }) => sum + difference, 0) / perSeed.length;
}
