/**
 * The one-to-one assignment of rows to columns with the largest sum (Kuhn 1955, “The Hungarian method for the assignment
 * problem”, by shortest augmenting paths, in O(n³)).
 *
 * @param values square, finite
 * @returns the column of each row
 */
export function bestAssignment(values: readonly (readonly number[])[]): number[] {
  const n = values.length;
  // Indices start at 1; row 0 and column 0 mean none.
  const ofRow = new Float64Array(n + 1);
  const ofColumn = new Float64Array(n + 1);
  const rowOf = new Int32Array(n + 1);
  for (let row = 1; row <= n; row++) {
    const least = new Float64Array(n + 1).fill(Infinity);
    const before = new Int32Array(n + 1);
    const isSeen = new Uint8Array(n + 1);
    rowOf[0] = row;
    let column = 0;
    do {
      isSeen[column] = 1;
      const from = rowOf[column]!;
      let delta = Infinity;
      let next = 0;
      for (let c = 1; c <= n; c++) {
        if (isSeen[c]) continue;
        const cost = -values[from - 1]![c - 1]! - ofRow[from]! - ofColumn[c]!;
        if (cost < least[c]!) {
          least[c] = cost;
          before[c] = column;
        }
        if (least[c]! < delta) {
          delta = least[c]!;
          next = c;
        }
      }
      for (let c = 0; c <= n; c++)
        if (isSeen[c]) {
          ofRow[rowOf[c]!]! += delta;
          ofColumn[c]! -= delta;
        } else least[c]! -= delta;
      column = next;
    } while (rowOf[column] !== 0);
    for (; column !== 0; column = before[column]!) rowOf[column] = rowOf[before[column]!]!;
  }
  const columnOf = new Array<number>(n).fill(0);
  for (let c = 1; c <= n; c++) columnOf[rowOf[c]! - 1] = c - 1;
  return columnOf;
}
