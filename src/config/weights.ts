import type { Method } from '../methods/method';
import { own } from '../own';
import type { Origins } from './resolved';
import { plainNumber } from './wording';

/** The origin of each weight: "from alpha 0.9", or "default" where its parameter is not written. */
export function weightOrigins(method: Method, parameters: Record<string, unknown>): Origins {
  const { weights, from } = method.weighting(parameters);
  const originOf = (term: string) => {
    const parameter = own(from, term);
    const value = parameter === undefined ? undefined : own(parameters, parameter);
    return typeof value === 'number' ? `from ${parameter} ${plainNumber(value)}` : 'default';
  };
  return Object.fromEntries(Object.keys(weights).map((term) => [`${term}Weight`, originOf(term)]));
}
