import { pValue } from './format';
import type { Comparison } from './summary';

/** The verdict as every screen says it. */
export function verdictWord({ verdict, part }: Pick<Comparison, 'verdict' | 'part'>): string {
  if (verdict !== null) return verdict;
  return part === 'test' ? 'No verdict' : 'No verdict yet';
}

/** Stands beside the interval, which is not corrected, wherever the verdict is; null where nothing was corrected. */
export const holmNote = ({ pHolm }: Pick<Comparison, 'pHolm'>): string | null =>
  pHolm === null ? null : `corrected p ${pValue(pHolm)}`;
