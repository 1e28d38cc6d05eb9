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
