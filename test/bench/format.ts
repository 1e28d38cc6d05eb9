import type { Spread } from './statistics';

/** Three digits that mean something: 0.0123, 1.23, 12.3, 1,230. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(digits, 4));
}

export const spreadText = ({ median, min, max }: Spread) =>
  `${number(median)} (${number(min)}–${number(max)})`;

export const ratioText = ({ median, min, max }: Spread) =>
  `${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`;

export const percent = (share: number) => `${number(100 * share)} %`;

export const megabytes = (value: number) => `${number(value)} MB`;
