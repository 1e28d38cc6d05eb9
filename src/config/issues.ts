import type { z } from 'zod';
import {
  type Diagnostic,
  finding,
  keyOf,
  keyRange,
  nodeAt,
  replaceValue,
  type Document,
  type Path,
} from './document';
import { didYouMean, oneOf, shown } from './wording';
import { own } from '../own';

type Issue = z.core.$ZodIssue;

/** The result of a check: the value with all defaults, or diagnostics. */
export interface Checked<Value> {
  value: Value | null;
  diagnostics: Diagnostic[];
}

/**
 * Checks the value of a document against a schema. Messages of the schema are kept; messages for all other problems are
 * written here.
 */
export function check<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  document: Document,
): Checked<z.output<Schema>> {
  // The final issue no longer has the schema that zod reports: it is kept here, by code and path.
  const schemas = new Map<string, unknown>();
  const placeOf = (issue: AnyIssue) => JSON.stringify([issue.code, issue.path ?? []]);
  const result = schema.safeParse(value, {
    reportInput: true,
    error: (issue) => {
      schemas.set(placeOf(issue), issue.inst);
      return sentence(issue);
    },
  });
  if (result.success) return { value: result.data, diagnostics: [] };
  const misspelt: string[] = [];
  const diagnostics = result.error.issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [];
    const path = issue.path as Path;
    return issue.keys.map((key) => {
      const { diagnostic, guess } = unknownKey(document, path, key, keysOf(schemas.get(placeOf(issue))));
      if (guess !== null) misspelt.push(JSON.stringify([...path, guess]));
      return diagnostic;
    });
  });
  for (const issue of result.error.issues.flatMap(inner)) {
    const isReported = issue.code === 'unrecognized_keys' || misspelt.includes(JSON.stringify(issue.path));
    if (!isReported) diagnostics.push(problem(document, issue, schemas.get(placeOf(issue))));
  }
  return { value: null, diagnostics: diagnostics.sort((a, b) => a.offset - b.offset) };
}

function keysOf(schema: unknown): string[] {
  const shape = (schema as Partial<z.ZodObject> | undefined)?.shape;
  return Object.keys(shape ?? {}).filter((key) => key !== '$schema');
}

function unknownKey(
  document: Document,
  path: Path,
  key: string,
  known: string[],
): { diagnostic: Diagnostic; guess: string | null } {
  const written = nodeAt(document, path)?.children?.map(
    (property) => property.children?.[0]?.value as string,
  );
  const guess = didYouMean(
    key,
    known.filter((k) => !written?.includes(k)),
  );
  const node = nodeAt(document, [...path, key]);
  const range = node && keyRange(node);
  const hint = guess ? `Did you mean “${guess}”?` : `Known keys: ${known.join(', ')}.`;
  const fixes =
    guess && range
      ? [{ title: `Change to “${guess}”`, edits: [{ ...range, text: JSON.stringify(guess) }] }]
      : [];
  const diagnostic = finding(document, [...path, key], {
    ...(range ? { range } : {}),
    code: 'unknown-key',
    message: `Unknown key “${key}”. ${hint}`,
    fixes,
  });
  return { diagnostic, guess };
}

function problem(document: Document, issue: Issue, schema: unknown): Diagnostic {
  const path = issue.path as Path;
  const missing = valueOf(issue) === undefined && issue.code !== 'custom';
  const right = correction(issue, isWhole(schema));
  return finding(document, path, {
    code: missing ? 'missing-value' : issue.code === 'custom' ? 'contradiction' : 'wrong-value',
    message: issue.message,
    fixes: right === null ? [] : replaceValue(document, path, right),
  });
}

/** The certainly intended value: a similar option, or a number or boolean in quotes. */
function correction(issue: Issue, whole: boolean): string | number | boolean | null {
  const value = valueOf(issue);
  if (typeof value !== 'string') return null;
  const options = optionsOf(issue);
  if (options) return didYouMean(value, options);
  if (issue.code !== 'invalid_type') return null;
  if (issue.expected === 'boolean') return value === 'true' || (value === 'false' ? false : null);
  if (issue.expected !== 'number' && issue.expected !== 'int') return null;
  const number = Number(value);
  return value.trim() !== '' && (whole ? Number.isInteger(number) : Number.isFinite(number)) ? number : null;
}

/** For a union, the issues of the branch that the value is meant for, by its type, with full paths; otherwise the issue itself. */
export function inner(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const meant = issue.errors.find((branch) =>
    branch.some((i) => (i.code !== 'invalid_type' && i.code !== 'invalid_value') || i.path.length > 0),
  );
  if (!meant) return [issue];
  return meant.map((i) => {
    const path = [...issue.path, ...i.path];
    const within = keyOf(i.path as Path);
    const message = i.message.startsWith(within)
      ? keyOf(path as Path) + i.message.slice(within.length)
      : i.message;
    return { ...i, path, message };
  });
}

/** An issue of zod, final or while it is being reported. */
export type AnyIssue = z.core.$ZodIssue | z.core.$ZodRawIssue;

const words: Record<string, string> = {
  number: 'a number',
  int: 'a whole number',
  string: 'a string in quotes',
  boolean: 'true or false',
  object: 'an object, { … }',
  array: 'a list, [ … ]',
  tuple: 'a list, [ … ]',
};

/** The message for an issue if the schema does not have its own. */
export function sentence(issue: AnyIssue): string {
  const key = keyOf((issue.path ?? []) as Path);
  const value = valueOf(issue);
  if (value === undefined) return `${key} is missing: expected ${expectation(issue)}.`;
  const guess = typeof value === 'string' ? didYouMean(value, optionsOf(issue) ?? []) : null;
  const hint = guess ? ` Did you mean “${guess}”?` : '';
  return `${key} must be ${expectation(issue)}, but is ${shown(value)}.${hint}`;
}

/** What a value must be, worded to follow "must be". */
function expectation(issue: AnyIssue): string {
  const options = optionsOf(issue);
  if (options) return oneOf(options);
  switch (issue.code) {
    case 'invalid_type':
      if ('inst' in issue && isWhole(issue.inst)) return words['int'] as string;
      return own(words, String(issue.expected)) ?? String(issue.expected);
    case 'invalid_value':
      return oneOf(issue.values);
    case 'too_small':
    case 'too_big': {
      const small = issue.code === 'too_small';
      if (issue.origin === 'string')
        return small ? 'a non-empty string' : `a string of at most ${String(issue.maximum)} characters`;
      const side = issue.inclusive ? (small ? 'at least' : 'at most') : small ? 'above' : 'below';
      const bound = `${side} ${String(small ? issue.minimum : issue.maximum)}`;
      return issue.origin === 'array'
        ? `a list of ${bound} ${bound.endsWith(' 1') ? 'entry' : 'entries'}`
        : bound;
    }
    case 'invalid_union':
      return [...new Set(issue.errors.flatMap((branch) => branch.slice(0, 1).map(expectation)))].join(' or ');
    default:
      return issue.message ?? 'something else';
  }
}

/** The possible strings of an enum or a discriminator. */
export function optionsOf(issue: AnyIssue): string[] | null {
  if (issue.code === 'invalid_value') {
    const values = issue.values as unknown[];
    return values.every((v) => typeof v === 'string') ? values : null;
  }
  const { options } = issue as { options?: unknown };
  return Array.isArray(options) ? options.filter((o) => typeof o === 'string') : null;
}

/** The value at fault: for a discriminator, zod reports the enclosing object. */
export function valueOf(issue: AnyIssue): unknown {
  const { discriminator } = issue as { discriminator?: unknown };
  return typeof discriminator === 'string'
    ? own(issue.input as Record<string, unknown> | undefined, discriminator)
    : issue.input;
}

/** Whether the schema expects an integer; for values that are not numbers zod says so only here. */
export const isWhole = (schema: unknown) =>
  (schema as { _zod?: { def?: { format?: string } } } | undefined)?._zod?.def?.format === 'safeint';
