import { type z } from 'zod';
import { findMethod } from '../../methods/catalogue';
import { armSchema, type ArmConfig } from '../experiment';
import { dataSchema } from '../data';
import { inner, sentence } from '../issues';
import { schemas } from '../kinds';
import { withTeacherConfig } from '../readEnsemble';
import type { Experiment } from '../resolved';
import { targetOf } from './paths';
import type { Cell, CellValue } from './schema';
import { own } from '../../own';

/** An arm and an experiment with the values of a cell. */
export interface Applied {
  arm: ArmConfig;
  setting: Experiment;
}

/** A value is not valid at its path, or the path does not exist. */
export class CellError extends Error {
  constructor(
    readonly path: string,
    /** Issues of zod; empty if the path does not exist. */
    readonly issues: readonly z.core.$ZodIssue[],
  ) {
    super(issues[0]?.message ?? `Unknown path “${path}”.`);
  }
}

/** The base arm and the experiment with a cell's values. @throws CellError if one is not valid */
export function applyCell(experiment: Experiment, base: ArmConfig, cell: Cell): Applied {
  let applied: Applied = { arm: base, setting: experiment };
  // The method first, because it decides which parameters exist.
  const entries = Object.entries(cell).sort(([a], [b]) => Number(b === 'method') - Number(a === 'method'));
  for (const [path, value] of entries) applied = applyValue(applied, path, value);
  return applied;
}

function applyValue({ arm, setting }: Applied, path: string, value: CellValue): Applied {
  const target = targetOf(path);
  if (target === null) throw new CellError(path, []);
  switch (target.of) {
    case 'arm':
      return { arm: changedArm(arm, target.key, value, path), setting };
    case 'data': {
      // Only one of count, fraction and file is allowed: the swept one replaces that of the file.
      const data =
        target.steps[0] === 'labels' ? { ...setting.config.data, labels: {} } : setting.config.data;
      const changed = withValue(dataSchema, data, target.steps, value, path);
      return { arm, setting: { ...setting, config: { ...setting.config, data: changed } } };
    }
    case 'student': {
      const config = withValue(schemas.student, setting.student.config, target.steps, value, path);
      return { arm, setting: { ...setting, student: { ...setting.student, config } } };
    }
    case 'teacher': {
      const config = withValue(schemas.teacher, setting.teacher.config, target.steps, value, path);
      return { arm, setting: { ...setting, teacher: withTeacherConfig(setting.teacher, config) } };
    }
  }
}

/** A parameter that the cell's method does not have is ignored. */
function changedArm(arm: ArmConfig, key: string, value: CellValue, path: string): ArmConfig {
  if (key === 'method') {
    const { shape } = findMethod(String(value))?.parameters ?? {};
    const kept = Object.entries(arm).filter(
      ([k]) =>
        shape === undefined || Object.hasOwn(shape, k) || k === 'transferSet' || k === 'transferClasses',
    );
    return parsed(armSchema, { ...Object.fromEntries(kept), method: value }, path);
  }
  const { shape } = findMethod(arm.method)!.parameters;
  if (key !== 'transferSet' && !Object.hasOwn(shape, key)) return arm;
  const { name: _own, ...rest } = arm;
  return parsed(armSchema, { ...rest, [key]: value }, path);
}

/** Only one of these keys is allowed: the swept one replaces the other. */
const INSTEAD: Readonly<Record<string, string>> = { epochs: 'steps', steps: 'epochs' };

function withValue<Schema extends z.ZodType>(
  schema: Schema,
  config: z.output<Schema>,
  steps: readonly string[],
  value: CellValue,
  path: string,
): z.output<Schema> {
  return parsed(schema, replaced(config, steps, value, path), path);
}

/** A copy of `inside` with another value at the path `steps`; each step is a key, or an entry of a list. */
function replaced(inside: unknown, steps: readonly string[], value: CellValue, path: string): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (Array.isArray(inside)) {
    const at = positionIn(inside, step);
    if (!Object.hasOwn(inside, at)) throw new CellError(path, []);
    return inside.with(at, replaced(inside[at], rest, value, path));
  }
  if (typeof inside !== 'object' || inside === null) throw new CellError(path, []);
  const record = inside as Record<string, unknown>;
  if (rest.length > 0 && !Object.hasOwn(record, step)) throw new CellError(path, []);
  const kept = Object.entries(record).filter(([key]) => key !== own(INSTEAD, step));
  // Unlike an assignment, this creates an own key even for “__proto__”, which the schema then rejects.
  return Object.fromEntries([...kept, [step, replaced(own(record, step), rest, value, path)]]);
}

/** Index of the entry with this name, else this index; -1 for neither. */
function positionIn(list: readonly unknown[], step: string): number {
  const named = list.findIndex((entry) => (entry as { name?: string } | null)?.name === step);
  return named < 0 && /^\d+$/.test(step) ? Number(step) : named;
}

function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown, path: string): z.output<Schema> {
  const result = schema.safeParse(value, { reportInput: true, error: sentence });
  if (!result.success) throw new CellError(path, result.error.issues.flatMap(inner));
  return result.data;
}

/** The experiment with another learning rate for its student. */
export function withLearningRate(setting: Experiment, learningRate: number): Experiment {
  const { student } = setting;
  const { training } = student.config;
  const changed = { ...training, optimizer: { ...training.optimizer, learningRate } };
  return { ...setting, student: { ...student, config: { ...student.config, training: changed } } };
}
