const SMALLEST_NORMAL_EXPONENT = -14;
const FRACTION_BITS = 10;
const LARGEST = 65_504;

/** The nearest number of IEEE 754 binary16, of two equally near the even one; ±∞ beyond its range. */
export function roundToFloat16(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  const exponent = Math.max(SMALLEST_NORMAL_EXPONENT, Math.floor(Math.log2(Math.abs(value))));
  const unit = 2 ** (exponent - FRACTION_BITS);
  const rounded = roundToEven(value / unit) * unit;
  return Math.abs(rounded) > LARGEST ? Math.sign(rounded) * Infinity : rounded;
}

/** Adding 1.5·2⁵² leaves no room for fractions, and IEEE 754 rounds what does not fit to even. */
const roundToEven = (value: number) => value + 1.5 * 2 ** 52 - 1.5 * 2 ** 52;
