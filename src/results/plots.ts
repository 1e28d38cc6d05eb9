import { percent, points } from './format';
import type { Comparison } from './summary';

// What the pictures of the report and of the panel have in common besides their markup.

/**
 * Moves labels apart so that neighbours keep `gap` pixels, all within [top, bottom] where they fit.
 * Order is kept and what need not move stays: least squares on the positions (pool adjacent violators).
 */
export function pushApart(wanted: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0) || a - b);
  const room = Math.max(0, bottom - top - gap * (wanted.length - 1));
  // With the gaps taken out, positions only have to be ascending.
  const blocks: { sum: number; size: number }[] = [];
  order.forEach((index, rank) => {
    blocks.push({ sum: (wanted[index] ?? 0) - top - rank * gap, size: 1 });
    for (;;) {
      const last = blocks.at(-1);
      const before = blocks.at(-2);
      if (!last || !before || before.sum / before.size <= last.sum / last.size) break;
      before.sum += last.sum;
      before.size += last.size;
      blocks.pop();
    }
  });
  const placed = new Array<number>(wanted.length).fill(0);
  let rank = 0;
  for (const block of blocks)
    for (let i = 0; i < block.size; i++, rank++)
      placed[order[rank] ?? 0] = top + rank * gap + Math.min(room, Math.max(0, block.sum / block.size));
  return placed;
}

/** A row for each dot, 0 at the bottom: dots closer than `gap` are stacked. */
export function dotRows(positions: readonly number[], gap: number): number[] {
  const rows = new Array<number>(positions.length).fill(0);
  const order = positions.map((_, i) => i).sort((a, b) => (positions[a] ?? 0) - (positions[b] ?? 0));
  const ends: number[] = [];
  for (const i of order) {
    const at = positions[i] ?? 0;
    const free = ends.findIndex((end) => at - end >= gap);
    const row = free === -1 ? ends.length : free;
    ends[row] = at;
    rows[i] = row;
  }
  return rows;
}

/** The picture of paired differences in words: every seed, the mean and its interval, in percentage points. */
export function pairedInWords({
  perSeed,
  mean,
  interval,
  decimals,
}: Pick<Comparison, 'perSeed' | 'mean' | 'interval' | 'decimals'>): string {
  const say = (share: number) => points(share, decimals);
  const each = perSeed.map(({ difference }) => say(difference)).join(', ') || 'none yet';
  return [
    `Difference of each seed in percentage points: ${each}.`,
    ...(mean === null ? [] : [`Mean ${say(mean)}.`]),
    ...(interval === null
      ? []
      : [`${percent(interval.level)} CI ${say(interval.low)} to ${say(interval.high)}.`]),
  ].join(' ');
}
