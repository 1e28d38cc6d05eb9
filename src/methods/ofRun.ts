import { own } from '../own';
import { findMethod } from './catalogue';
import type { Term } from './method';

/** The method of a run, as its run file holds it. */
export interface RunMethod {
  readonly id: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly weights: Readonly<Record<string, number>>;
}

const unknown = { formula: '', unit: 'none', source: 'other', over: 'example' } as const;

/** The terms of a run; those of a method that this version does not have are known by name only. */
export function termsOfRun({ id, parameters, weights }: RunMethod): Record<string, Term> {
  const method = findMethod(id);
  const resolved = method?.parameters.safeParse(parameters);
  const known = resolved?.success ? method?.terms(resolved.data) : undefined;
  return Object.fromEntries(
    Object.keys(weights).map((term) => [term, own(known, term) ?? { ...unknown, title: term }]),
  );
}

/**
 * The weights of a run's terms on softened outputs, which a temperature changes, and of its terms on labels; null where its
 * method softens nothing.
 */
export function balanceOf(run: RunMethod): { distillationWeight: number; studentWeight: number } | null {
  const softened = weightsWhere(run, (term) => term.softened === true);
  if (softened === null) return null;
  return { distillationWeight: softened, studentWeight: weightOfLabels(run) };
}

/** Sum of the weights of the terms on labels. */
export const weightOfLabels = (run: RunMethod): number =>
  weightsWhere(run, ({ source }) => source === 'labels') ?? 0;

function weightsWhere(run: RunMethod, isMeant: (term: Term) => boolean): number | null {
  const found = Object.entries(termsOfRun(run)).filter(([, term]) => isMeant(term));
  return found.length === 0 ? null : found.reduce((sum, [name]) => sum + own(run.weights, name)!, 0);
}
