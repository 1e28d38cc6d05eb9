import type { Decimal } from '../../config/table';
import { hasThousands, parseNumber } from './cells';
import type { Column } from './column';

const currencies = new Set(Intl.supportedValuesOf('currency'));
/** A currency sign, a three-letter code, or a sign such as ~ or ≤. */
const BEFORE = /^([A-Z]{0,2}\p{Sc}|[A-Z]{3}(?=[\s\d])|[~≈<>≤≥])\s*(?=[-+−.,\d])/u;
/** A unit begins with a letter or a sign of its own: kg, %, °C, €, km/h, m². */
const AFTER = /\s*((?:\p{L}|\p{Sc}|[%‰°′″])[\p{L}\p{Sc}%‰°′″/·^\s]*[\d²³]?)$/u;

/** A longer cell is a text; the patterns would take quadratic time on it. */
const LONGEST = 40;

/** What a number has before or after it, as "kg" in "3.5 kg"; null if the cell is not a number with something. */
export function unitOf(cell: string, decimal: Decimal): string | null {
  if (cell.length > LONGEST) return null;
  const before = BEFORE.exec(cell);
  if (before?.[1] && /^[A-Z]{3}$/.test(before[1]) && !currencies.has(before[1])) return null;
  const rest = before ? cell.slice(before[0].length) : cell;
  const after = AFTER.exec(rest);
  const unit = `${before?.[1] ?? ''}${after?.[1] ?? ''}`.trim();
  const number = after ? rest.slice(0, after.index) : rest;
  const isNumber = !Number.isNaN(parseNumber(number, decimal)) || hasThousands(number);
  return unit !== '' && isNumber ? unit : null;
}

/** Fewer different cells are categories: one number and one category tell two cells apart equally well. */
const FEWEST_CELLS = 3;
/** Codes such as 12A and 7C have more different letters than a column of numbers has units. */
const MOST_UNITS = 3;

/** The units of a text column whose cells are all numbers with a unit; null for any other column. */
export function unitsOf({ categories }: Column, decimal: Decimal): string[] | null {
  if (categories.size < FEWEST_CELLS) return null;
  const units = new Set<string>();
  for (const cell of categories.keys()) {
    const unit = unitOf(cell, decimal);
    if (unit === null) return null;
    units.add(unit);
  }
  const enough = units.size === 1 || (units.size <= MOST_UNITS && categories.size > 3 * units.size);
  return enough ? [...units] : null;
}

/** "numbers with a unit (kg): “3.5 kg” in line 2, “4 kg” in line 3" */
export function unitsText({ categories }: Column, units: readonly string[]): string {
  const places = [...categories]
    .slice(0, 3)
    .map(([cell, { line }]) => `"${cell.slice(0, 40)}" in line ${line}`);
  return `numbers with a unit or a sign (${units.join(', ')}): ${places.join(', ')}`;
}
