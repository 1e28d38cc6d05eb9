import { relative } from 'node:path';
import type { Diagnostic } from '../config/diagnostics';
import { loadText } from '../config/files';

/** A finding with its place as editors and compilers write it, lines and columns from 1. */
export interface Located extends Diagnostic {
  line: number;
  column: number;
}

/** Adds line and column; a file that cannot be read has its findings at the top. */
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

/** A path as one would type it from here. */
export function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere !== '' && fromHere.length < path.length ? fromHere : path;
}

/** As the diagnostics count: without a byte order mark. */
function readText(file: string): string {
  const loaded = loadText(file);
  return 'text' in loaded ? loaded.text : '';
}
