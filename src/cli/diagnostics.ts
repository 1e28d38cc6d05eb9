import { relative } from 'node:path';
import type { Diagnostic } from '../config/document';
import { loadText } from '../config/files';

/** A finding with line and column, both from 1. */
export interface Located extends Diagnostic {
  line: number;
  column: number;
}

/** Adds line and column; 1:1 for a file that cannot be read. */
export function locate(diagnostics: readonly Diagnostic[]): Located[] {
  const texts = new Map<string, string>();
  const textOf = (file: string) => {
    if (!texts.has(file)) texts.set(file, readText(file));
    return texts.get(file) ?? '';
  };
  return diagnostics.map((diagnostic) => {
    const before = textOf(diagnostic.file).slice(0, diagnostic.offset).split('\n');
    return { ...diagnostic, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  });
}

/** `file:line:column: severity message [code]` */
export function formatDiagnostic({ file, line, column, severity, message, code }: Located): string {
  return `${shownPath(file)}:${line}:${column}: ${severity} ${message} [${code}]`;
}

/** The shorter of the absolute path and the path relative to the working directory. */
export function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere !== '' && fromHere.length < path.length ? fromHere : path;
}

/** Without a byte order mark, as the offsets of diagnostics count. */
function readText(file: string): string {
  const loaded = loadText(file);
  return 'text' in loaded ? loaded.text : '';
}
