import type { Decimal } from '../../config/table';
import { isMissing, parseNumber } from './cells';

/**
 * Whether the first row is a header; null if unclear. A name above numbers means yes. Numbers above numbers mean no, except
 * 0, 1, 2 …, which pandas writes for columns without names. A word that is repeated below means no.
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
