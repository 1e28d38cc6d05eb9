import { createScanner, getNodeValue, parseTree, type Node, type ParseError } from 'jsonc-parser';
import { type Diagnostic, finding, type Document, type Range } from './document';

const MAX_DEPTH = 64;

/** Token numbers of jsonc-parser, whose `const enum` cannot be used with isolated modules. */
const token = { openBrace: 1, closeBrace: 2, openBracket: 3, closeBracket: 4, end: 17 } as const;
/** Error numbers of jsonc-parser, for the same reason, with their messages. */
const syntax: Record<number, { code: string; message: string; insert?: string }> = {
  1: {
    code: 'syntax',
    message: 'This is not a JSON value: expected a number, a string in "double quotes", true, false or null.',
  },
  2: { code: 'syntax', message: 'This is not a JSON number: expected e.g. 4, 0.9 or 1e-3.' },
  3: { code: 'syntax', message: 'Expected a key in "double quotes".' },
  4: { code: 'syntax', message: 'Expected a value.' },
  5: { code: 'syntax', message: 'A colon is missing between key and value.', insert: ':' },
  6: { code: 'syntax', message: 'A comma is missing before this.', insert: ',' },
  7: {
    code: 'truncated',
    message: 'The file ends too early: a closing } is missing. Is the file truncated?',
  },
  8: {
    code: 'truncated',
    message: 'The file ends too early: a closing ] is missing. Is the file truncated?',
  },
  9: { code: 'syntax', message: 'Unexpected text after the closing bracket of the file.' },
  11: { code: 'truncated', message: 'A comment is not closed: */ is missing.' },
  12: { code: 'truncated', message: 'A string is not closed: a " is missing on this line.' },
  13: { code: 'syntax', message: 'This number is incomplete.' },
  14: { code: 'syntax', message: '\\u in a string must be followed by four hexadecimal digits.' },
  15: { code: 'syntax', message: '\\ in a string must be followed by one of " \\ / b f n r t u.' },
  16: { code: 'syntax', message: 'A string cannot contain control characters: use \\n or \\t.' },
};

/** Parses JSON with comments and trailing commas. The value is undefined if there are diagnostics. */
export function parse(
  file: string,
  text: string,
): { document: Document; value: unknown; diagnostics: Diagnostic[] } {
  const empty: Document = { file, text, tree: undefined };
  const deep = tooDeep(text);
  if (deep) {
    const message = `Brackets are nested more than ${MAX_DEPTH} levels deep.`;
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

/** One error for each place; at the end of the text all errors have the same cause. */
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

/** A comma is inserted here, so that it does not end up in a comment. */
function endOfTokenBefore(text: string, offset: number): number {
  const scanner = createScanner(text, true);
  let end = 0;
  while (Number(scanner.scan()) !== token.end && scanner.getTokenOffset() < offset)
    end = scanner.getTokenOffset() + scanner.getTokenLength();
  return end;
}

/** The bracket at which the nesting gets too deep for recursive parsers. */
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

/** JSON parsers silently keep the last of duplicate keys, and `__proto__` would not become a key at all. */
function badKeys(document: Document, node: Node | undefined): Diagnostic[] {
  const seen = new Set<unknown>();
  return (node?.children ?? []).flatMap((child) => {
    if (node?.type !== 'object') return badKeys(document, child);
    const [key, value] = child.children ?? [];
    const again = key && seen.has(key.value);
    seen.add(key?.value);
    const range = { offset: key?.offset ?? 0, length: key?.length ?? 0 };
    const twice = `“${String(key?.value)}” occurs twice in this object: remove one of them.`;
    const reserved = 'Unknown key “__proto__”: remove it.';
    return [
      ...(again ? [finding(document, [], { range, code: 'duplicate-key', message: twice })] : []),
      ...(key?.value === '__proto__'
        ? [finding(document, [], { range, code: 'unknown-key', message: reserved })]
        : []),
      ...badKeys(document, value),
    ];
  });
}
