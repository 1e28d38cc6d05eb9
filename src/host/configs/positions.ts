import { Position } from 'vscode';

/** The place of an offset in a text that may not be open in an editor. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lines = before.split(/\r\n|\n|\r/);
  return new Position(lines.length - 1, lines.at(-1)?.length ?? 0);
}
