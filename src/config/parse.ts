import { createScanner, getNodeValue, parseTree, type Node, type ParseError } from 'jsonc-parser';
import type { Diagnostic } from './diagnostics';
import { finding, type Document, type Range } from './document';

const MAX_DEPTH = 64;

/** Token numbers of jsonc-parser; its own enum is a `const enum`, which isolated modules cannot use. */
const token = { openBrace: 1, closeBrace: 2, openBracket: 3, closeBracket: 4, end: 17 } as const;
/** Error numbers of jsonc-parser, for the same reason, with what to say. */
const syntax: Record<number, { code: string; message: string; insert?: string }> = {
  1: {
    code: 'syntax',
    message: 'This is no JSON value: expected a number, a text in "double quotes", true, false or null.',
  },
  2: { code: 'syntax', message: 'This number is not written as JSON: expected e.g. 4, 0.9 or 1e-3.' },
  3: { code: 'syntax', message: 'A key is expected here, in "double quotes".' },
  4: { code: 'syntax', message: 'A value is expected here.' },
  5: { code: 'syntax', message: 'A colon is missing between key and value.', insert: ':' },
  6: { code: 'syntax', message: 'A comma is missing in front of this.', insert: ',' },
  7: { code: 'truncated', message: 'The text ends too early: a closing } is missing. Is the file cut off?' },
  8: { code: 'truncated', message: 'The text ends too early: a closing ] is missing. Is the file cut off?' },
  9: { code: 'syntax', message: 'Nothing may follow the closing bracket of the file.' },
  11: { code: 'truncated', message: 'A comment is not closed: */ is missing.' },
  12: { code: 'truncated', message: 'A text is not closed: a " is missing on this line.' },
  13: { code: 'syntax', message: 'A number ends too early.' },
  14: { code: 'syntax', message: 'A \\u in a text needs four hexadecimal digits.' },
  15: { code: 'syntax', message: 'After \\ in a text one of " \\ / b f n r t u is expected.' },
  16: { code: 'syntax', message: 'A text may not hold control characters: write \\n or \\t.' },
};

/** JSON with comments and trailing commas. The value is undefined where the text has problems of its own. */
export function parse(
  file: string,
  text: string,
): { document: Document; value: unknown; diagnostics: Diagnostic[] } {
  const empty: Document = { file, text, tree: undefined };
  const deep = tooDeep(text);
  if (deep) {
    const message = `Brackets are nested more than ${MAX_DEPTH} deep: no config file needs that.`;
    return {
      document: empty,
      value: undefined,
      diagnostics: [finding(empty, [], { range: deep, code: 'syntax', message })],
    };
  }
  if (text.trim() === '') {
    const message = 'The file is empty: expected an object, { … }.';
    return {
      document: empty,
      value: undefined,
      diagnostics: [finding(empty, [], { code: 'empty', message })],
    };
  }
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
  const document = { file, text, tree };
  const diagnostics = errors.length > 0 ? syntaxErrors(document, errors) : badKeys(document, tree);
  return { document, value: diagnostics.length > 0 || !tree ? undefined : getNodeValue(tree), diagnostics };
}

/** One for each place; at the end of the text all errors come from the same cut. */
function syntaxErrors(document: Document, errors: ParseError[]): Diagnostic[] {
  const end = document.text.trimEnd().length;
  const early = errors.filter((e) => e.offset < end);
  const cut = errors.filter((e) => e.offset >= end);
  const first = early.filter((e, index) => early.findIndex((other) => other.offset === e.offset) === index);
  const last = cut.find((e) => syntax[e.error]?.code === 'truncated') ?? cut[0];
  return [...first, ...(last ? [last] : [])].map((e) => syntaxError(document, e));
}

function syntaxError(document: Document, { error, offset, length }: ParseError): Diagnostic {
  const { code, message, insert } = syntax[error] ?? { code: 'syntax', message: 'This is not JSON.' };
  const edits = insert
    ? [{ offset: endOfTokenBefore(document.text, offset), length: 0, text: insert }]
    : null;
  const range = inside(document.text, { offset, length });
  return finding(document, [], {
    range,
    code,
    message,
    fixes: edits ? [{ title: `Insert “${insert}”`, edits }] : [],
  });
}

const inside = (text: string, { offset, length }: Range): Range => {
  const start = Math.min(offset, text.length);
  return { offset: start, length: Math.min(length, text.length - start) };
};

/** So that a comma is not inserted into a comment. */
function endOfTokenBefore(text: string, offset: number): number {
  const scanner = createScanner(text, true);
  let end = 0;
  while (Number(scanner.scan()) !== token.end && scanner.getTokenOffset() < offset)
    end = scanner.getTokenOffset() + scanner.getTokenLength();
  return end;
}

/** Where nesting passes what parsers may recurse into. */
function tooDeep(text: string): Range | null {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (let t: number = scanner.scan(); t !== token.end; t = scanner.scan()) {
    if (t === token.openBrace || t === token.openBracket) depth += 1;
    if (t === token.closeBrace || t === token.closeBracket) depth -= 1;
    if (depth > MAX_DEPTH) return { offset: scanner.getTokenOffset(), length: 1 };
  }
  return null;
}

/** JSON takes the last of equal keys in silence; in an experiment that is a mistake. `__proto__` would not be a key at all. */
function badKeys(document: Document, node: Node | undefined): Diagnostic[] {
  const seen = new Set<unknown>();
  return (node?.children ?? []).flatMap((child) => {
    if (node?.type !== 'object') return badKeys(document, child);
    const [key, value] = child.children ?? [];
    const again = key && seen.has(key.value);
    seen.add(key?.value);
    const range = { offset: key?.offset ?? 0, length: key?.length ?? 0 };
    const twice = `“${String(key?.value)}” stands twice in this object: keep one.`;
    const reserved = 'Unknown key “__proto__”: nothing can be called that. Remove it.';
    return [
      ...(again ? [finding(document, [], { range, code: 'duplicate-key', message: twice })] : []),
      ...(key?.value === '__proto__'
        ? [finding(document, [], { range, code: 'unknown-key', message: reserved })]
        : []),
      ...badKeys(document, value),
    ];
  });
}
