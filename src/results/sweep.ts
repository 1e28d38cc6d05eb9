import { pair } from './comparisons';
import type { ArmInput, SummaryInput } from './input';
import type { SweepSummary } from './summary';

/** The result of a sweep, with the optimism of choosing the best cell, known once fresh seeds are trained. */
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

/** What a setting reached on validation with each of its seeds; null for a seed that is not done. */
export interface Candidate {
  slug: string;
  runs: ({ accuracy: number; loss: number } | null)[];
}

/**
 * The setting with the highest mean accuracy on validation, among equals the one with the lowest mean loss, then the first.
 * Null until every seed of every setting is done: finishing first must be no advantage.
 */
export function bestOnValidation(candidates: readonly Candidate[]): string | null {
  const ranked = candidates.map(({ slug, runs }) => {
    const done = runs.filter((run) => run !== null);
    if (done.length < runs.length || done.length === 0) return null;
    const mean = (key: 'accuracy' | 'loss') => done.reduce((sum, run) => sum + run[key], 0) / done.length;
    return { slug, accuracy: mean('accuracy'), loss: mean('loss') };
  });
  const known = ranked.filter((one) => one !== null);
  if (known.length < ranked.length) return null;
  return known.sort((a, b) => b.accuracy - a.accuracy || a.loss - b.loss)[0]?.slug ?? null;
}
