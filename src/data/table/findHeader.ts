import type { Decimal } from '../../config/table';
import { isMissing, parseNumber } from './cells';

/**
 * Whether the first row names the columns; null where both can be. A name above numbers says yes. Numbers above numbers say
 * no, except 0, 1, 2 … as pandas writes for columns without names. A word that comes again below says no.
 */
export function findHeader([first = [], ...below]: string[][], decimal: Decimal): boolean | null {
  const isNumber = (cell: string) => !Number.isNaN(parseNumber(cell, decimal));
  const found = { names: 0, numbers: 0, repeated: 0 };
  const numbers = first.filter(isNumber);
  for (const [c, cell] of first.entries()) {
    const others = below.map((row) => row[c] ?? '').filter((other) => !isMissing(other));
    if (others.length === 0 || isMissing(cell)) continue;
    const aboveNumbers = others.every(isNumber);
    if (isNumber(cell)) found.numbers += aboveNumbers ? 1 : 0;
    else if (aboveNumbers) found.names++;
    else if (others.includes(cell)) found.repeated++;
  }
  if (found.repeated > 0) return found.names > 0 ? null : false;
  const counted = numbers.length > 1 && numbers.every((cell, i) => cell === String(i));
  if (counted && (found.names > 0 || numbers.length > found.numbers)) return true;
  if (counted && first.length > 2)
    return numbers.length === first.length || numbers.length === 2 ? null : true;
  if (found.names > 0 && found.numbers > 0) return null;
  return found.numbers === 0;
}
