import type { Method } from '../methods/method';
import { DISTILLATION_TERM, STUDENT_TERM } from '../methods/method';
import type { Origins } from './resolved';
import { plainNumber } from './wording';
import { own } from '../own';

/**
 * The origin of each weight: "from alpha 0.9". With alpha alone, both weights come from alpha; with alpha and beta, the
 * distillation weight comes from beta and the student weight from alpha.
 */
export function weightOrigins(method: Method, parameters: Record<string, unknown>): Origins {
  const weights = method.weights(parameters);
  const { alpha, beta } = parameters;
  const from = (name: string, value: unknown) =>
    typeof value === 'number' ? `from ${name} ${plainNumber(value)}` : 'default';
  const student = from('alpha', alpha);
  const distillation = beta === undefined ? student : from('beta', beta);
  const origin: Record<string, string> = { [STUDENT_TERM]: student, [DISTILLATION_TERM]: distillation };
  return Object.fromEntries(
    Object.keys(weights).map((term) => [`${term}Weight`, own(origin, term) ?? 'default']),
  );
}
