import type { Row } from './runner';

/** How far losses may lie apart: initial weights differ, what is computed does not. */
const FACTOR = 2;
const SLACK = 0.05;

/** Whoever trains something else than the others, as sentences: it must not be compared with them. */
export function disagreements(rows: readonly Row[]): string[] {
  const there = rows.filter(({ failed }) => failed === undefined);
  const [first] = there;
  if (!first) return [];
  const losses = there.map(({ loss }) => loss!).sort((a, b) => a - b);
  const usual = losses[losses.length >> 1]!;
  return there.flatMap(({ contender, parameters, loss }) => [
    ...(parameters === first.parameters
      ? []
      : [`${contender} has ${parameters} parameters, ${first.contender} ${first.parameters}.`]),
    ...(loss! <= usual * FACTOR + SLACK && loss! >= usual / FACTOR - SLACK
      ? []
      : [`${contender} has the loss ${loss!.toFixed(3)} where the median is ${usual.toFixed(3)}.`]),
  ]);
}
