import { basename } from 'node:path';
import { findNodeAtLocation, modify, type Node } from 'jsonc-parser';

/** Replace `length` characters at `offset` by `text`. Offsets are UTF-16 units, as in VS Code. */
export interface Edit {
  offset: number;
  length: number;
  text: string;
}

/** A problem in a file, with its place and possible fixes. */
export interface Diagnostic {
  file: string;
  offset: number;
  length: number;
  severity: 'error' | 'warning' | 'info';
  /** Stable and kebab-case, e.g. "unknown-key". */
  code: string;
  message: string;
  fixes: { title: string; edits: Edit[] }[];
}

/** Keys and list positions from the top of a file to a value. */
export type Path = (string | number)[];

/** A file's text with its JSON tree, which is undefined if the text contains no JSON. */
export interface Document {
  file: string;
  text: string;
  tree: Node | undefined;
}

export interface Range {
  offset: number;
  length: number;
}

type Finding = Pick<Diagnostic, 'code' | 'message'> &
  Partial<Pick<Diagnostic, 'severity' | 'fixes'>> & { range?: Range };

/** The node at a path, if the file has it. */
export function nodeAt(document: Document, path: Path): Node | undefined {
  return document.tree && findNodeAtLocation(document.tree, path);
}

/**
 * The text to underline in a diagnostic about `path`: the value; for a list or an object its key, or its opening bracket
 * if it has no key; for a value that the file does not have, the enclosing one.
 */
export function rangeOf(document: Document, path: Path): Range {
  const node = nodeAt(document, path);
  if (!node) return path.length > 0 ? rangeOf(document, path.slice(0, -1)) : { offset: 0, length: 0 };
  if (node.type !== 'object' && node.type !== 'array') return { offset: node.offset, length: node.length };
  return keyRange(node) ?? { offset: node.offset, length: 1 };
}

/** The key (including quotes) of a value; null for list entries and the top level. */
export function keyRange(node: Node): Range | null {
  const key = node.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
  return key ? { offset: key.offset, length: key.length } : null;
}

/** A diagnostic about the value at `path`; an error by default. */
export function finding(document: Document, path: Path, about: Finding): Diagnostic {
  const { range = rangeOf(document, path), severity = 'error', fixes = [], code, message } = about;
  return { file: document.file, ...range, severity, code, message, fixes };
}

/** A fix that replaces the value at `path`; none if the file has no value there. */
export function replaceValue(document: Document, path: Path, value: unknown): Diagnostic['fixes'] {
  const node = nodeAt(document, path);
  if (!node) return [];
  const text = JSON.stringify(value);
  return [
    { title: `Set ${keyOf(path)} to ${text}`, edits: [{ offset: node.offset, length: node.length, text }] },
  ];
}

/** A fix that sets `value` at `path`, whether or not the file has a value there. */
export function writeValue({ text }: Document, path: Path, value: unknown): Diagnostic['fixes'] {
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: text.includes('\r\n') ? '\r\n' : '\n' };
  const edits = modify(text, path, value, { formattingOptions }).map(({ offset, length, content }) => ({
    offset,
    length,
    text: content,
  }));
  return [{ title: `Set ${keyOf(path)} to ${JSON.stringify(value)}`, edits }];
}

/** The last key on a path, with the list positions after it: "kernelSize[1]". */
export function keyOf(path: Path): string {
  const key = path.findLastIndex((step) => typeof step === 'string');
  const positions = path.slice(key + 1).map((step) => `[${step}]`);
  return `${key < 0 ? '' : path[key]}${positions.join('')}` || 'the file';
}

export const fileName = (document: Document): string => basename(document.file);

/** Applies edits, which must not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.offset - a.offset)
    .reduce((after, e) => after.slice(0, e.offset) + e.text + after.slice(e.offset + e.length), text);
}
