import type { Row } from '../../tasks/softmax';
import { logitMatchingLimit } from '../temperature';
import { logSoften, meanDivergence } from './softened';

/** Mean of T²·KL(softmax(z_t/T) ‖ softmax(z_s/T)) over the examples, in nats (Hinton et al. 2015, §2). */
export const scaledDivergence = (teacher: Row, student: Row, classes: number, temperature: number): number =>
  temperature ** 2 *
  meanDivergence(logSoften(teacher, classes, temperature), logSoften(student, classes, temperature), classes);

/** What it tends to as T grows: the mean loss of logit matching (§2.1), in nats. */
export function matchingLimit(teacher: Row, student: Row, classes: number): number {
  const [a, b] = [Float64Array.from(teacher), Float64Array.from(student)];
  let sum = 0;
  for (let from = 0; from < a.length; from += classes)
    sum += logitMatchingLimit(a.subarray(from, from + classes), b.subarray(from, from + classes));
  return (sum * classes) / a.length;
}
