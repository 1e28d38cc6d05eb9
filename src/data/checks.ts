import { UserError } from '../config/errors';

/** Shape of one example; images without a channel axis get one, as convolutions need it. */
export function exampleShape(shape: readonly number[]): number[] {
  return shape.length === 2 ? [...shape, 1] : [...shape];
}

/**
 * @param first number of the first of these examples
 * @throws UserError that names the first input, counted from 0, that is NaN or infinite
 */
export function checkFinite(inputs: Float32Array, width: number, file: string, first = 0): void {
  const at = inputs.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  const what = Number.isNaN(inputs[at]) ? 'NaN (not a number)' : 'infinite';
  throw new UserError(
    `${file}: value ${at % width} of example ${first + Math.floor(at / width)} is ${what}. Inputs must be finite numbers: correct the file.`,
  );
}

/** Labels as class numbers. @throws UserError if one is not an integer */
export function wholeLabels(values: ArrayLike<number>, file: string): Int32Array {
  return Int32Array.from(values, (value) => {
    if (Math.abs(value) < 2 ** 31 && Number.isInteger(value)) return value;
    throw new UserError(`${file} contains the label ${value}, but labels must be integer class numbers.`);
  });
}

/** Class numbers and names from numeric labels: 0 … C − 1. @throws UserError */
export function classesOf(
  labels: Int32Array,
  count: number,
  names: readonly string[] | undefined,
  file: string,
): string[] {
  if (labels.length !== count)
    throw new UserError(
      `${file} has ${labels.length} labels for ${count} inputs. Expected one label for each input, in the same order.`,
    );
  const lowest = labels.reduce((a, b) => Math.min(a, b), 0);
  if (lowest < 0) throw new UserError(`${file} contains the label ${lowest}, but class numbers start at 0.`);
  const highest = labels.reduce((a, b) => Math.max(a, b), 0);
  if (names !== undefined && highest >= names.length)
    throw new UserError(
      `${file} contains the label ${highest}, but "classes" lists only ${names.length} names (0 to ${names.length - 1}). Add the missing names.`,
    );
  const MOST = 100_000;
  if (highest >= MOST)
    throw new UserError(
      `${file} contains the label ${highest}, which means more than ${MOST} classes. Are these class numbers?`,
    );
  return names === undefined ? Array.from({ length: highest + 1 }, (_, c) => String(c)) : [...names];
}

/** @throws UserError if all examples have the same class. */
export function checkSeveralClasses(labels: Int32Array, classes: readonly string[], file: string): void {
  const [first = 0] = labels;
  if (labels.every((label) => label === first))
    throw new UserError(
      `${file}: all examples have the class "${classes[first] ?? first}". A classifier needs examples of at least two classes.`,
    );
}
