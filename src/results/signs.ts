import cdf from '@stdlib/stats-base-dists-binomial-cdf';

/**
 * Exact two-sided sign test: how likely so uneven a split of won + lost is where each is won or lost by a fair coin; ties are
 * left out (Dixon, Mood 1946). 1 where nothing was won or lost. Of the test examples that only one of two networks
 * answers rightly it is McNemar’s test in its exact form (McNemar 1947, “Note on the sampling error of the difference
 * between correlated proportions”).
 */
export const signTest = (won: number, lost: number): number =>
  Math.min(1, 2 * cdf(Math.min(won, lost), won + lost, 0.5));
