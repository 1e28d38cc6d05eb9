import { methods } from '../../methods/catalogue';
import type { Experiment } from '../resolved';
import { own } from '../../own';

/** What the path of a sweep refers to: a parameter of the arm, or a value in one of the files. */
export type Target = { of: 'arm'; key: string } | { of: 'student' | 'teacher' | 'data'; steps: string[] };

/** Keys of an arm that a sweep can vary, for all methods. */
const ARM_KEYS = [
  'method',
  'transferSet',
  ...new Set(methods.flatMap((m) => Object.keys(m.parameters.shape))),
];

const FILES = ['student', 'teacher', 'data'] as const;

/** Null if the path is not valid for any files. */
export function targetOf(path: string): Target | null {
  const [first = '', ...steps] = path.split('.');
  const of = FILES.find((file) => file === first);
  if (of !== undefined) return steps.length > 0 ? { of, steps } : null;
  return steps.length === 0 && ARM_KEYS.includes(first) ? { of: 'arm', key: first } : null;
}

/** The paths that exist in this experiment, for “did you mean”. */
export function knownPaths({ student, teacher, config }: Experiment): string[] {
  return [
    ...ARM_KEYS,
    ...leaves(student.config, 'student'),
    ...leaves(teacher.config, 'teacher'),
    ...['count', 'fraction'].map((key) => `data.labels.${key}`),
    ...leaves({ split: config.data.split }, 'data'),
  ];
}

/** Paths of all values; layers with a name are referred to by it. */
function leaves(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return value === undefined ? [] : [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$schema' || key === 'name' ? [] : leaves(inner, `${path}.${nameOf(inner) ?? key}`),
  );
}

const nameOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null ? (value as { name?: string }).name : undefined;

/** Symbols of parameters in titles and on axes. */
const SYMBOLS: Record<string, string> = { temperature: 'T', alpha: 'α', beta: 'β', epsilon: 'ε' };

/** A short label for a path: "T", "learningRate", "hidden units". */
export function labelOf(path: string): string {
  const steps = path.split('.');
  const last = steps.at(-1) ?? path;
  const before = steps.at(-2);
  if (before !== undefined && steps.includes('layers'))
    return `${/^\d+$/.test(before) ? `layer ${Number(before) + 1}` : before} ${last}`;
  return own(SYMBOLS, last) ?? (before === 'labels' ? `labels ${last}` : last);
}
