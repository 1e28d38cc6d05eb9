/**
 * The value that an object itself has under a key, never one that it inherits: with keys from a file, `record[key]` would
 * find `constructor` and `toString` in every object.
 */
export const own = <Value>(
  record: Readonly<Record<string, Value>> | null | undefined,
  key: string,
): Value | undefined => (record && Object.hasOwn(record, key) ? record[key] : undefined);
