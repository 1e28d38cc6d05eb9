import type { Decimal } from '../../config/table';

const MISSING = new Set(['', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL', 'Null', '?']);

/** Cells that mean a missing value. */
export const isMissing = (cell: string): boolean => MISSING.has(cell);

const numbers: Record<Decimal, RegExp> = {
  '.': /^[+\-−]?(?:\d+\.?\d*|\.\d+)(?:[eE][+\-−]?\d+)?$/,
  ',': /^[+\-−]?(?:\d+,?\d*|,\d+)(?:[eE][+\-−]?\d+)?$/,
};

/** The number in a cell; NaN if it is not a number with this decimal sign. The minus may be a hyphen or U+2212. */
export function parseNumber(cell: string, decimal: Decimal): number {
  if (!numbers[decimal].test(cell)) return NaN;
  const plain = decimal === ',' ? cell.replace(',', '.') : cell;
  return Number(plain.includes('−') ? plain.replaceAll('−', '-') : plain);
}

/** Three digits after a sign that can be a thousands separator or a decimal sign: 1.234, but not 0.123. */
const AMBIGUOUS = /^[+\-−]?[1-9]\d{0,2}[.,]\d{3}$/;
export const isAmbiguous = (cell: string): boolean => AMBIGUOUS.test(cell);

/** 1.234,5 and 1,234.5, 1 234 (with any space), 1'234, 1.234.567. */
const THOUSANDS = [
  /^[+\-−]?\d{1,3}(?:\.\d{3})+(?:,\d*)?$/,
  /^[+\-−]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/,
  /^[+\-−]?\d{1,3}(?:\s\d{3})+(?:[.,]\d*)?$/,
  /^[+\-−]?\d{1,3}(?:['’_]\d{3})+(?:[.,]\d*)?$/,
];
export const hasThousands = (cell: string): boolean => THOUSANDS.some((form) => form.test(cell));

const MONTH = '(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-zäé]*\\.?';
const DATES = [
  /^\d{4}-\d{1,2}(?:-\d{1,2})?(?:[T ]\d.*)?$/,
  /^\d{4}[/.]\d{1,2}[/.]\d{1,2}(?:\s.*)?$/,
  /^\d{1,2}([./-])\d{1,2}\1(?:\d{2}|\d{4})(?:,?\s.*)?$/,
  /^\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s?[ap]m)?$/i,
  new RegExp(`^\\d{1,2}\\.?[ -]${MONTH}[ -]\\d{2,4}$`, 'i'),
  new RegExp(`^${MONTH}\\s\\d{1,2},?\\s\\d{4}$`, 'i'),
];
export const isDate = (cell: string): boolean => DATES.some((form) => form.test(cell));

/** Why a cell that looks like a number is not accepted as one, worded to follow "is"; null for a word. */
export function refusal(cell: string, decimal: Decimal): string | null {
  if (/^[+\-−]?0[xXbBoO][\da-fA-F]+$/.test(cell))
    return 'hexadecimal, binary or octal: write it as a decimal number';
  if (/^[+\-−]?inf(?:inity)?$/i.test(cell)) return 'infinite: give a finite number';
  const other = decimal === '.' ? ',' : '.';
  if (isAmbiguous(cell) || numbers[other].test(cell))
    return hasThousands(cell)
      ? `a number with a thousands separator or with a decimal sign other than "${decimal}": write it without separators, or set "decimal"`
      : `a number whose decimal sign is not "${decimal}" as in the rest of the table: use one decimal sign in all cells, or set "decimal"`;
  if (hasThousands(cell)) return 'a number with thousands separators: write it without them';
  if (/^[+\-−]?\d[\d\s.,]*$/.test(cell))
    return 'not a number: remove spaces and separators between its digits';
  if (/^[+\-−]?[\d.,]+\s?[%‰]$/.test(cell))
    return 'a number with a percent or per mille sign: write the number without it';
  if (/^(?:\p{Sc}\s?[+\-−]?[\d.,]+|[+\-−]?\p{Sc}?[\d.,]+\s?\p{Sc}?)$/u.test(cell))
    return 'an amount with a currency: write the number without it';
  return null;
}
