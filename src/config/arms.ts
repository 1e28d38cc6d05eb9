import { basename } from 'node:path';
import { findMethod, scratchMethod } from '../methods/catalogue';
import { type Method, DISTILLATION_TERM, STUDENT_TERM } from '../methods/method';
import { parametersOf, type ArmConfig } from './experiment';
import type { Arm, Experiment, Origins } from './resolved';
import { transferClassesTitle, type TransferClasses } from './transferClasses';
import { plainNumber } from './wording';
import { own } from '../own';

/** Symbols of parameters in titles; other parameters appear with their name. */
const symbols: Record<string, string> = { temperature: 'T', alpha: 'α', beta: 'β', epsilon: 'ε' };

/** An arm before its slug and its scratch are known, which depend on the other arms. */
export type Draft = Omit<Arm, 'slug' | 'pairedWith'>;

/** A distilled arm with all values resolved. @param from the origin of each key of the arm */
export function distilledArm(written: ArmConfig, setting: Experiment, from: (key: string) => string): Draft {
  const method = methodOf(written);
  const parameters = resolvedParameters(method, written);
  return {
    title: titleOf(written),
    scratch: false,
    primary: false,
    role: 'listed',
    cell: null,
    seeds: setting.seeds,
    setting,
    method: { id: method.id, parameters, weights: { ...method.weights(parameters) } },
    transferSet: written.transferSet,
    ...(written.transferClasses && { transferClasses: written.transferClasses }),
    origins: {
      method: basename(setting.file),
      transferSet: from('transferSet'),
      ...(written.transferClasses && { transferClasses: basename(setting.file) }),
      ...Object.fromEntries(Object.keys(parameters).map((key) => [key, from(key)])),
      ...weightOrigins(method, parameters),
    },
  };
}

/** The student trained on hard labels only. @param transferClasses of the arms that it is compared with */
export function scratchArm(setting: Experiment, transferClasses?: TransferClasses): Draft {
  const parameters = resolvedParameters(scratchMethod, {});
  return {
    title: 'Scratch',
    scratch: true,
    primary: false,
    role: 'listed',
    cell: null,
    seeds: setting.seeds,
    setting,
    method: { id: scratchMethod.id, parameters, weights: { ...scratchMethod.weights(parameters) } },
    transferSet: 'labelled',
    ...(transferClasses && { transferClasses }),
    origins: { method: 'default', transferSet: 'default', ...weightOrigins(scratchMethod, parameters) },
  };
}

/** Index of the primary arm, given by its name or title; 0 if not given, -1 if there is no such arm. */
export function primaryIndex(arms: readonly unknown[], primary: string | undefined): number {
  return primary === undefined ? 0 : arms.findIndex((arm) => titleOf(arm as ArmConfig) === primary);
}

/** The user's name for an arm, else a title made of its settings: "KD T 4 · α 0.9 · all". */
export function titleOf(arm: ArmConfig): string {
  if (arm.name !== undefined) return arm.name;
  const method = methodOf(arm);
  const label = method.short ?? method.title;
  const parts = Object.entries(titleParameters(method, arm)).map(([key, value]) =>
    typeof value === 'number'
      ? `${own(symbols, key) ?? key} ${plainNumber(value)}`
      : `${key} ${String(value)}`,
  );
  const all = arm.transferSet === 'all' ? ['all'] : [];
  const classes = arm.transferClasses ? [transferClassesTitle(arm.transferClasses)] : [];
  // "KD T 4": the temperature is joined to the label without a separator.
  const [first, ...rest] = parts;
  const joined = first?.startsWith('T ') ? [`${label} ${first}`, ...rest] : [label, ...parts];
  return [...joined, ...all, ...classes].join(' · ');
}

/** Numbers always (α and β as resolved weights); other parameters only if they differ from their defaults. */
function titleParameters(method: Method, arm: ArmConfig): Record<string, unknown> {
  const usual = method.parameters.parse({}) as Record<string, unknown>;
  const parameters = resolvedParameters(method, arm);
  const weights = method.weights(parameters);
  const { distillation, student } = weights;
  const shares = {
    ...(parameters['beta'] === undefined ? {} : { beta: distillation }),
    ...(Object.hasOwn(method.parameters.shape, 'alpha')
      ? { alpha: parameters['beta'] === undefined ? distillation : student }
      : {}),
  };
  const told = Object.entries(parameters).filter(
    ([key, value]) => !Object.hasOwn(shares, key) && (typeof value === 'number' || value !== own(usual, key)),
  );
  const numbers = told.filter(([, value]) => typeof value === 'number');
  const choices = told.filter(([, value]) => typeof value !== 'number');
  return { ...Object.fromEntries(numbers), ...shares, ...Object.fromEntries(choices) };
}

/** The parameters of the method with defaults; without those that have no value. */
export function resolvedParameters(method: Method, arm: Record<string, unknown>): Record<string, unknown> {
  const parsed = method.parameters.parse(parametersOf(method, arm)) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined));
}

export function methodOf(arm: ArmConfig): Method {
  const method = findMethod(arm.method);
  if (!method) throw new Error(`no method ${arm.method}, although the schema let it pass`);
  return method;
}

/** "KD T 4 · α 0.9" → "kd-t4-a0-9". */
export function slugOf(title: string): string {
  const letters: Record<string, string> = { α: 'a', β: 'b', ε: 'e' };
  const plain = title
    .replaceAll(/[αβε]/g, (letter) => own(letters, letter)!)
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\b([a-z]) (?=\d)/g, '$1')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return plain.slice(0, 60) || 'arm';
}

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
