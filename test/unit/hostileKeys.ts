import fc from 'fast-check';

/** Keys that every object inherits, or that mean something else in an assignment. */
export const HOSTILE = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '__defineGetter__',
] as const;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const payload = fc.constantFrom<Json>(
  'yes',
  1,
  null,
  {},
  [],
  { polluted: 'yes' },
  { prototype: { polluted: 'yes' } },
  ['yes'],
);

/** What becomes of a value: at one of its objects, a hostile key is added or takes the place of another. */
export interface Change {
  at: number;
  key: string;
  put: Json;
  instead: boolean;
}
export const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(200),
  key: fc.constantFrom(...HOSTILE),
  put: payload,
  instead: fc.boolean(),
});

/** A copy with the change in it. Keys are made as JSON.parse makes them: `__proto__` is one like any other. */
export function hostile(value: unknown, { at, key, put, instead }: Change): unknown {
  let objects = 0;
  const count = (v: unknown): void => {
    if (typeof v !== 'object' || v === null) return;
    if (!Array.isArray(v)) objects += 1;
    Object.values(v).forEach(count);
  };
  count(value);
  let left = objects === 0 ? -1 : at % objects;
  const copy = (v: unknown): unknown => {
    if (typeof v !== 'object' || v === null) return v;
    if (Array.isArray(v)) return v.map(copy);
    const mine = left-- === 0;
    const entries = Object.entries(v).map(([k, inner]): [string, unknown] => [k, copy(inner)]);
    if (mine && instead && entries.length > 0) entries[at % entries.length]![0] = key;
    else if (mine) entries.push([key, put]);
    return Object.fromEntries(entries);
  };
  return copy(value);
}

/** What the prototypes of everything hold, to be compared with what they hold later. */
export const prototypes = () =>
  [Object.prototype, Array.prototype, Function.prototype, String.prototype].map((prototype) =>
    Reflect.ownKeys(prototype).map((key) => [key, Object.getOwnPropertyDescriptor(prototype, key)]),
  );
