import { basename } from 'node:path';
import { findMethod, scratchMethod } from '../methods/catalogue';
import type { Method } from '../methods/method';
import { parametersOf, type ArmConfig } from './experiment';
import type { Arm, Experiment, Origins } from './resolved';
import { transferClassesTitle, type TransferClasses } from './transferClasses';
import { plainNumber } from './wording';
import { own } from '../own';

/** Symbols of parameters in titles; other parameters appear with their name. */
const symbols: Record<string, string> = {
  temperature: 'T',
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  epsilon: 'ε',
};

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
    method: { id: method.id, parameters, weights: { ...method.weighting(parameters).weights } },
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
    method: { id: scratchMethod.id, parameters, weights: { ...scratchMethod.weighting(parameters).weights } },
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
  const parts = partsOf(titleParameters(method, arm));
  const all = arm.transferSet === 'all' ? ['all'] : [];
  const classes = arm.transferClasses ? [transferClassesTitle(arm.transferClasses)] : [];
  // "KD T 4": the temperature is joined to the label without a separator.
  const [first, ...rest] = parts;
  const joined = first?.startsWith('T ') ? [`${label} ${first}`, ...rest] : [label, ...parts];
  return [...joined, ...all, ...classes].join(' · ');
}

const partsOf = (parameters: Record<string, unknown>) =>
  Object.entries(parameters).map(([key, value]) =>
    typeof value === 'number'
      ? `${own(symbols, key) ?? key} ${plainNumber(value)}`
      : `${key} ${String(value)}`,
  );

/** "T 4, α 0.9" */
export const parametersText = (parameters: Record<string, unknown>) => partsOf(parameters).join(', ');

/** Numbers with a symbol always (weights as resolved); other parameters only if they differ from their defaults. */
function titleParameters(method: Method, arm: ArmConfig): Record<string, unknown> {
  const usual = method.parameters.parse({}) as Record<string, unknown>;
  const parameters = resolvedParameters(method, arm);
  const { weights, from } = method.weighting(parameters);
  // One parameter may give two weights: it is shown as the first, that of the teacher.
  const parametersOfWeights = Object.values(from);
  const first = Object.entries(from).filter(([, name], i) => parametersOfWeights.indexOf(name) === i);
  const shares = Object.fromEntries(first.map(([term, name]) => [name, own(weights, term)!]));
  const isShown = ([key, value]: [string, unknown]) =>
    (typeof value === 'number' && Object.hasOwn(symbols, key)) || value !== own(usual, key);
  const others = Object.entries(parameters).filter(([key]) => !Object.hasOwn(shares, key));
  const numbers = others.filter(([, value]) => typeof value === 'number');
  const choices = others.filter(([, value]) => typeof value !== 'number');
  return Object.fromEntries([...numbers, ...Object.entries(shares), ...choices].filter(isShown));
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
  const letters: Record<string, string> = { α: 'a', β: 'b', γ: 'g', ε: 'e' };
  const plain = title
    .replaceAll(/[αβγε]/g, (letter) => own(letters, letter)!)
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\b([a-z]) (?=\d)/g, '$1')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return plain.slice(0, 60) || 'arm';
}

/** The origin of each weight: "from alpha 0.9", or "default" where its parameter is not written. */
export function weightOrigins(method: Method, parameters: Record<string, unknown>): Origins {
  const { weights, from } = method.weighting(parameters);
  const originOf = (term: string) => {
    const parameter = own(from, term);
    const value = parameter === undefined ? undefined : own(parameters, parameter);
    return typeof value === 'number' ? `from ${parameter} ${plainNumber(value)}` : 'default';
  };
  // A parameter that is a weight itself keeps its own origin.
  const derived = Object.keys(weights).filter((term) => own(from, term) !== `${term}Weight`);
  return Object.fromEntries(derived.map((term) => [`${term}Weight`, originOf(term)]));
}
