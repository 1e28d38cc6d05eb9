const moves: Record<string, [number, number]> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** Arrow keys go from button to button of a table; Enter presses, as buttons do. */
export function gridKeys(event: KeyboardEvent): void {
  const move = moves[event.key];
  const cell = (event.target as Element).closest('td, th');
  const row = cell?.parentElement;
  if (!move || !cell || !row) return;
  const rows = [...(row.parentElement?.children ?? [])];
  let [down, right] = [rows.indexOf(row), [...row.children].indexOf(cell)];
  for (;;) {
    down += move[0];
    right += move[1];
    const next = rows[down]?.children[right];
    if (!next) return;
    const button = next.querySelector('button');
    if (!button) continue;
    button.focus();
    event.preventDefault();
    return;
  }
}
