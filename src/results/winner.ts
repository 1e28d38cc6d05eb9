/** What a setting reached on validation with each of its seeds; null for a seed that is not done. */
export interface Candidate {
  slug: string;
  runs: ({ accuracy: number; loss: number } | null)[];
}

/**
 * The setting with the highest mean accuracy on validation, among equals the one with the lowest mean loss, then the first.
 * Null until every seed of every setting is done: whoever ends first must not win by it.
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
