import type { Decimal } from '../../config/table';
import { isMissing, parseNumber } from './cells';

/**
 * Whether the first row names the columns; null where both can be. A name above numbers says yes. Numbers above numbers say
 * no, except 0, 1, 2 … as pandas writes for columns without names. A word that comes again below says no.
 */
export function findHeader([first = [], ...below]: string[][], decimal: Decimal): boolean | null {
  const isNumber = (cell: string) => !Number.isNaN(parseNumber(cell, decimal));
  let names = 0;
  let values = 0;
  let counted = 0;
  let counting = true;
  for (const [c, cell] of first.entries()) {
    const others = below.map((row) => row[c] ?? '').filter((other) => !isMissing(other));
    if (others.length === 0) continue;
    const numeric = others.every(isNumber);
    if (isNumber(cell)) {
      counting &&= cell === String(counted);
      counted++;
      if (numeric) values++;
    } else if (!isMissing(cell)) {
      if (numeric) names++;
      else if (others.includes(cell)) values++;
    }
  }
  const numbered = counting && counted > 1 && counted === values;
  if (numbered) return names > 0 || counted < first.length ? true : null;
  if (names > 0 && values > 0) return null;
  if (values > 0) return false;
  return true;
}
