import { closest, distance } from 'fastest-levenshtein';
import { own } from '../own';

/** Names in other tools and their names here. */
const synonyms: Record<string, string> = {
  softmax: 'linear',
  silu: 'swish',
  kd: 'hinton',
  momentumsgd: 'sgd',
  batchnorm: 'batchNormalization',
  maxpool: 'maxPooling2d',
  avgpool: 'averagePooling2d',
  linear: 'dense',
  lr: 'learningRate',
  t: 'temperature',
  tau: 'temperature',
};

const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

const letters = (name: string) => [...plain(name)].sort().join('');

/** The candidate that a misspelt name, or a name from another tool, most likely means; null if there is none. */
export function didYouMean(name: string, candidates: readonly string[]): string | null {
  const word = plain(name);
  if (candidates.length === 0 || word === '') return null;
  const other = own(synonyms, word);
  if (other !== undefined && candidates.includes(other)) return other;
  const begun = candidates.filter((c) => word.length > 2 && plain(c).startsWith(word));
  if (begun.length === 1) return begun[0] as string;
  const best = candidates.find((c) => plain(c) === word) ?? closest(name, candidates);
  const limit = best.length < 4 ? 1 : Math.max(2, Math.floor(best.length / 3));
  return distance(word, plain(best)) <= limit || letters(word) === letters(best) ? best : null;
}

/** A value as shown in a message. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 38)}…` : text;
}

/** "a", "b" or "c". */
export function oneOf(values: readonly unknown[]): string {
  const all = values.map(shown);
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`;
}

/** A number without floating-point noise: 0.1 for 0.09999999999999998. */
export const plainNumber = (value: number): string => String(Number(value.toPrecision(10)));

/** "a", "a and b", "a, b and c". */
export const listOf = (names: readonly string[]): string => new Intl.ListFormat('en-GB').format(names);
