/** The range of temperatures: below it the targets are almost hard, above it almost uniform. */
export const LOWEST_T = 0.5;
export const HIGHEST_T = 100;

/** Quarter octaves, which include 1, 2, 4 …, and the upper end: evenly spaced on a log axis. */
export const temperatures: readonly number[] = [
  ...Array.from({ length: 31 }, (_, i) => LOWEST_T * 2 ** (i / 4)),
  HIGHEST_T,
];

/** Every fourth of them: enough for a table. */
export const octaves: readonly number[] = temperatures.filter((_, i) => i % 4 === 0 || i === 31);
