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
