import type { Origins } from './resolved';
import { own } from '../own';

/** The origin of each value of a resolved config, by dotted path: the file or "default". */
export function originsOf(resolved: unknown, written: unknown, file: string, path = ''): Origins {
  if (typeof resolved !== 'object' || resolved === null || isPlainList(resolved))
    return path === '' ? {} : { [path]: written === undefined ? 'default' : file };
  return Object.assign(
    {},
    ...Object.entries(resolved)
      .filter(([key, value]) => value !== undefined && key !== '$schema')
      .map(([key, value]) => originsOf(value, property(written, key), file, path ? `${path}.${key}` : key)),
  ) as Origins;
}

const isPlainList = (value: object) => Array.isArray(value) && value.every((v) => typeof v !== 'object');

const property = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? own(value as Record<string, unknown>, key) : undefined;
