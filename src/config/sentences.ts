import type { z } from 'zod';
import { keyOf, type Path } from './document';
import { didYouMean, oneOf, shown } from './wording';
import { own } from '../own';

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
