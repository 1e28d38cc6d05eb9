import type { Comparison } from './summary';

/** Every number on screen: panel, report, terminal. Narrow no-break space before units, a true minus, digits by Intl. */

const SPACE = '\u202f';
let locale = 'en-GB';

/** The language of the surface, as a BCP 47 tag; "en" is British English. */
export function setLocale(tag: string): void {
  locale = tag === 'en' ? 'en-GB' : tag;
}

const number = (value: number, options: Intl.NumberFormatOptions) =>
  new Intl.NumberFormat(locale, options).format(value).replace('-', '−');
/** So many decimals, e.g. mean errors: "39.6". */
export const fixed = (value: number, decimals: number, options: Intl.NumberFormatOptions = {}) =>
  number(value, { minimumFractionDigits: decimals, maximumFractionDigits: decimals, ...options });

export const withUnit = (text: string, unit: string) => `${text}${SPACE}${unit}`;

/** As many decimals of a percentage as one of n examples moves, and at least one: 80 → 1, 600 → 1, 10,000 → 2. */
export const decimalsFor = (examples: number) => Math.max(1, Math.ceil(Math.log10(examples / 100) - 1e-9));

/** So many more decimals at most, for values that are almost equal to a limit. */
const MORE_DECIMALS = 6;
/** Percentage points; less is rounding of floating-point numbers. */
const NOTHING = 1e-9;

/**
 * Decimals of a difference and the bounds of its interval, everywhere that they are shown: those of accuracies, and as many
 * more as it takes until no bound is printed on the other side of a limit, and what is not 0 is not printed as 0.
 *
 * @param examples of the part that the difference is of
 * @param minGain percentage points, a limit besides 0
 */
export function differenceDecimals(
  { mean, interval }: Pick<Comparison, 'mean' | 'interval'>,
  examples: number,
  minGain: number,
): number {
  const shares = [mean, interval?.low, interval?.high].filter((share) => typeof share === 'number');
  const side = (value: number) => (Math.abs(value) < NOTHING ? 0 : Math.sign(value));
  const isFaithful = (decimals: number) =>
    shares.every((share) =>
      [0, minGain].every(
        (limit) => side(Number((share * 100).toFixed(decimals)) - limit) === side(share * 100 - limit),
      ),
    );
  const fewest = decimalsFor(examples);
  let decimals = fewest;
  while (decimals < fewest + MORE_DECIMALS && !isFaithful(decimals)) decimals += 1;
  return decimals;
}

/** Without the error of floating-point numbers, so that 0.4125 and 0.8325 are both rounded up: 41.25, 83.25. */
const hundredfold = (share: number) => Number((share * 100).toPrecision(12));

/** A share (0–1) as a bare percentage: 0.934 → "93.4". */
export const percentage = (share: number, decimals: number) => fixed(hundredfold(share), decimals);
/** A share with its unit: "93.4 %". */
export const percent = (share: number, decimals = 0) => withUnit(percentage(share, decimals), '%');
/** An accuracy over so many examples: "93.4 %". */
export const accuracy = (share: number, examples: number) => percent(share, decimalsFor(examples));

/** A difference of shares in percentage points, signed: "+3.4"; zero has no sign. */
export const points = (difference: number, decimals: number) =>
  fixed(hundredfold(difference), decimals, { signDisplay: 'exceptZero' });
export const pointsWithUnit = (difference: number, decimals: number) =>
  withUnit(points(difference, decimals), 'pp');

/** Mean and standard deviation of paired differences, in points: "+3.4 ± 1.1". */
export const gain = (value: { mean: number; sd: number; n: number }, decimals: number): string =>
  `${points(value.mean, decimals)}${value.n > 1 ? ` ± ${percentage(value.sd, decimals)}` : ''}`;

/** Mean and standard deviation of accuracies: "93.4 % ± 1.1"; `n` is shown if it differs from the plan's. */
export function spread(
  value: { mean: number; sd: number; n: number },
  examples: number,
  plannedSeeds: number,
): string {
  const decimals = decimalsFor(examples);
  const sd = value.n > 1 ? ` ± ${percentage(value.sd, decimals)}` : '';
  const n = value.n === plannedSeeds ? '' : ` (n = ${value.n})`;
  return `${percent(value.mean, decimals)}${sd}${n}`;
}

/** Three significant digits: "0.337", "12.3". */
export const loss = (value: number) =>
  number(value, { minimumSignificantDigits: 3, maximumSignificantDigits: 3, useGrouping: false });

/** A plain number with up to so many decimals, e.g. a setting: "0.2", "4". */
export const plain = (value: number, decimals = 6) => number(value, { maximumFractionDigits: decimals });
/** A number that is only about so large, rounded up to two significant digits: 2,311 → 2,400. */
export function about(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.ceil(value / unit) * unit;
}
/** A p value: "0.034", "< 0.001". */
export const pValue = (p: number) => (p < 0.001 ? `<${SPACE}${plain(0.001)}` : plain(p, 3));
export const count = (value: number) => number(value, { maximumFractionDigits: 0 });

/** Multiply–adds: "1,184", from a million on "5.8 M", "1.2 G". */
export const operations = (value: number) =>
  value < 1e6 ? count(value) : scaled(value / 1e6, 1000, ['M', 'G', 'T']);

/** SI: "840 B", "4.8 kB", "115 kB", "1.2 MB". */
export const bytes = (value: number) => scaled(value, 1000, ['B', 'kB', 'MB', 'GB', 'TB']);

/** From microseconds, two significant digits: "3.1 µs", "69 µs", "1.2 ms". */
export function latency(microseconds: number): string {
  const units = ['µs', 'ms', 's'];
  const unit = microseconds < 999.5 ? 0 : microseconds < 999_500 ? 1 : 2;
  const value = number(microseconds / 1000 ** unit, {
    maximumSignificantDigits: 2,
    minimumSignificantDigits: 2,
  });
  return withUnit(value, units[unit]!);
}

/** "24×", "2.3×". */
export const ratio = (value: number) => `${number(value, { maximumFractionDigits: value < 9.95 ? 1 : 0 })}×`;

/** A length of time in seconds: "3.1 s", "38 s", "6 min 12 s", "2 h 05 min". */
export function duration(seconds: number): string {
  if (seconds < 9.95) return withUnit(fixed(seconds, 1), 's');
  const whole = Math.round(seconds);
  if (whole < 60) return withUnit(count(whole), 's');
  if (whole < 3600)
    return `${withUnit(count(Math.floor(whole / 60)), 'min')} ${withUnit(two(whole % 60), 's')}`;
  const minutes = Math.round(seconds / 60);
  return `${withUnit(count(Math.floor(minutes / 60)), 'h')} ${withUnit(two(minutes % 60), 'min')}`;
}

/** About how long, in seconds, without tenths: "8 s", "38 s", "6 min 12 s". */
export const roughly = (seconds: number) =>
  seconds < 9.95 ? withUnit(count(Math.max(1, seconds)), 's') : duration(seconds);

/** What is left, in seconds: "0:08", "1:02:33". */
export function remaining(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes}:${two(whole % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}

/** "today 14:02", "12 Nov 14:02", with the year where it is another. */
export function moment(time: Date, now: Date): string {
  if (time.toDateString() === now.toDateString()) return `today ${clock(time)}`;
  return time.getFullYear() === now.getFullYear() ? `${day(time)} ${clock(time)}` : date(time);
}
/** "12 Nov 2025 14:02". */
export const date = (time: Date) => `${day(time, { year: 'numeric' })} ${clock(time)}`;

const day = (time: Date, options: Intl.DateTimeFormatOptions = {}) =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...options }).format(time);
const clock = (time: Date) =>
  new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(time);

/** "1 run", "5 runs". */
export const plural = (value: number, one: string, many = `${one}s`) =>
  `${count(value)} ${value === 1 ? one : many}`;

/** "once", "3 times". */
export const times = (value: number) => (value === 1 ? 'once' : plural(value, 'time'));

const two = (value: number) => String(value).padStart(2, '0');

function scaled(value: number, base: number, units: string[]): string {
  let unit = 0;
  while (unit < units.length - 1 && Math.round(value / base ** unit) >= base) unit += 1;
  const shown = value / base ** unit;
  return withUnit(
    number(shown, { maximumFractionDigits: units[unit] !== 'B' && shown < 9.95 ? 1 : 0 }),
    units[unit]!,
  );
}

/** The verdict as every screen says it. */
export function verdictWord({ verdict, part }: Pick<Comparison, 'verdict' | 'part'>): string {
  if (verdict !== null) return verdict;
  return part === 'test' ? 'No verdict' : 'No verdict yet';
}

/** Shown next to the interval, which is not corrected, wherever the verdict is shown; null if nothing was corrected. */
export const holmNote = ({ pHolm }: Pick<Comparison, 'pHolm'>): string | null =>
  pHolm === null ? null : `corrected p ${pValue(pHolm)}`;
