import { basename } from 'node:path';
import { findMethod, scratchMethod } from '../methods/catalogue';
import type { Method } from '../methods/method';
import { parametersOf, type ArmConfig } from './experiment';
import type { Arm, Experiment, Origins } from './resolved';
import { transferClassesTitle } from './transferClasses';
import { weightOrigins } from './weights';
import { plainNumber } from './wording';

/** How parameters are written in titles; others stand with their name. */
const symbols: Record<string, string> = { temperature: 'T', alpha: 'α', beta: 'β', epsilon: 'ε' };

/** Every arm with every number resolved: scratch first, then those of the file in its order. */
export function resolveArms(experiment: Experiment): Arm[] {
  const { config, file, origins } = experiment;
  const primary = Math.max(0, primaryIndex(config.arms, config.primary));
  const distilled = config.arms.map((arm, index): Arm => {
    const written = arm as ArmConfig;
    const method = methodOf(written);
    const parameters = resolvedParameters(method, written);
    const from = (key: string) => origins[`arms.${index}.${key}`] ?? 'default';
    return {
      slug: '',
      title: titleOf(written),
      scratch: false,
      primary: index === primary,
      method: { id: method.id, parameters, weights: { ...method.weights(parameters) } },
      transferSet: written.transferSet,
      ...(written.transferClasses && { transferClasses: written.transferClasses }),
      origins: {
        method: basename(file),
        transferSet: from('transferSet'),
        ...(written.transferClasses && { transferClasses: basename(file) }),
        ...Object.fromEntries(Object.keys(parameters).map((key) => [key, from(key)])),
        ...weightOrigins(method, parameters),
      },
    };
  });
  return withSlugs([scratchArm(), ...distilled]);
}

/** The arm that `primary` means, by its name or its title; 0 where it is not given, -1 where no arm is called so. */
export function primaryIndex(arms: readonly unknown[], primary: string | undefined): number {
  return primary === undefined ? 0 : arms.findIndex((arm) => titleOf(arm as ArmConfig) === primary);
}

function scratchArm(): Arm {
  const parameters = resolvedParameters(scratchMethod, {});
  const origins: Origins = {
    method: 'default',
    transferSet: 'default',
    ...weightOrigins(scratchMethod, parameters),
  };
  const method = { id: scratchMethod.id, parameters, weights: { ...scratchMethod.weights(parameters) } };
  return {
    slug: '',
    title: 'Scratch',
    scratch: true,
    primary: false,
    method,
    transferSet: 'labelled',
    origins,
  };
}

/** The user's name for an arm, else what tells it from others: "KD T 4 · α 0.9 · all". */
export function titleOf(arm: ArmConfig): string {
  if (arm.name !== undefined) return arm.name;
  const method = methodOf(arm);
  const label = method.short ?? method.title;
  const parts = Object.entries(titleParameters(method, arm)).map(([key, value]) =>
    typeof value === 'number' ? `${symbols[key] ?? key} ${plainNumber(value)}` : `${key} ${String(value)}`,
  );
  const all = arm.transferSet === 'all' ? ['all'] : [];
  const classes = arm.transferClasses ? [transferClassesTitle(arm.transferClasses)] : [];
  // "KD T 4": the temperature belongs to the label; the others stand apart.
  const [first, ...rest] = parts;
  const joined = first?.startsWith('T ') ? [`${label} ${first}`, ...rest] : [label, ...parts];
  return [...joined, ...all, ...classes].join(' · ');
}

/** Numbers always (α as it counts, written or not); choices only where they are not the usual ones. */
function titleParameters(method: Method, arm: ArmConfig): Record<string, unknown> {
  const usual = method.parameters.parse({}) as Record<string, unknown>;
  const parameters = resolvedParameters(method, arm);
  const weights = method.weights(parameters);
  const { distillation, student } = weights;
  const shares = {
    ...(parameters['beta'] === undefined ? {} : { beta: distillation }),
    ...('alpha' in method.parameters.shape
      ? { alpha: parameters['beta'] === undefined ? distillation : student }
      : {}),
  };
  const told = Object.entries(parameters).filter(
    ([key, value]) => !(key in shares) && (typeof value === 'number' || value !== usual[key]),
  );
  const numbers = told.filter(([, value]) => typeof value === 'number');
  const choices = told.filter(([, value]) => typeof value !== 'number');
  return { ...Object.fromEntries(numbers), ...shares, ...Object.fromEntries(choices) };
}

/** What the method computes with; parameters without a value are left out. */
export function resolvedParameters(method: Method, arm: Record<string, unknown>): Record<string, unknown> {
  const parsed = method.parameters.parse(parametersOf(method, arm)) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined));
}

export function methodOf(arm: ArmConfig): Method {
  const method = findMethod(arm.method);
  if (!method) throw new Error(`no method ${arm.method}, although the schema let it pass`);
  return method;
}

function withSlugs(arms: Arm[]): Arm[] {
  const taken = new Set<string>();
  return arms.map((arm) => {
    const wanted = slugOf(arm.title);
    let slug = wanted;
    for (let n = 2; taken.has(slug); n += 1) slug = `${wanted}-${n}`;
    taken.add(slug);
    return { ...arm, slug };
  });
}

/** "KD T 4 · α 0.9" → "kd-t4-a0-9". */
export function slugOf(title: string): string {
  const letters: Record<string, string> = { α: 'a', β: 'b', ε: 'e' };
  const plain = title
    .replaceAll(/[αβε]/g, (letter) => letters[letter] as string)
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\b([a-z]) (?=\d)/g, '$1')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return plain.slice(0, 60) || 'arm';
}
