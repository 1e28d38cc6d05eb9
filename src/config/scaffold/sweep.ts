import { applyEdits, modify, parse } from 'jsonc-parser';
import { methods } from '../../methods/catalogue';
import type { ExperimentConfig } from '../experiment';

/** Default values of a T × α sweep. */
export const USUAL = { temperature: [1, 2, 4, 8, 20], alpha: [0.5, 0.9, 1] } as const;
export type TemperatureSweep = Record<keyof typeof USUAL, readonly number[]>;

interface Written {
  arms?: { method?: string; name?: string }[];
  sweep?: { parameters?: Partial<Record<string, unknown>> };
}

/** The values that the file already sweeps, or the defaults. */
export function sweptValues(text: string): TemperatureSweep {
  const { sweep } = (parse(text) ?? {}) as Written;
  const numbers = (key: keyof TemperatureSweep) => {
    const there = sweep?.parameters?.[key];
    return Array.isArray(there) && there.every((value) => typeof value === 'number') ? there : USUAL[key];
  };
  return { temperature: numbers('temperature'), alpha: numbers('alpha') };
}

/** Whether an arm of the experiment has a temperature. */
export const hasTemperature = ({ arms }: Pick<ExperimentConfig, 'arms'>): boolean =>
  arms.some(({ method }) => {
    const shape = methods.find(({ id }) => id === method)?.parameters.shape ?? {};
    return 'temperature' in shape;
  });

/** The experiment file's text with these values in its sweep; other parameters and comments are kept. */
export function withSweep(text: string, values: TemperatureSweep): string {
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: text.includes('\r\n') ? '\r\n' : '\n' };
  return Object.entries(values).reduce(
    (changed, [key, list]) =>
      applyEdits(changed, modify(changed, ['sweep', 'parameters', key], [...list], { formattingOptions })),
    text,
  );
}

const LABELS = ['sweep', 'parameters', 'data.labels.fraction'];

/** The text with one more cell: the arm with all training examples labelled, compared with its scratch. */
export function withAllLabels(text: string): string {
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: text.includes('\r\n') ? '\r\n' : '\n' };
  const changed = applyEdits(text, modify(text, LABELS, [1], { formattingOptions }));
  // With a single cell there is no selection to confirm.
  return applyEdits(changed, modify(changed, ['sweep', 'confirm'], 0, { formattingOptions }));
}

/** Numbers as typed by users: "1, 2 4;8". Null if there is anything else, or a duplicate. */
export function numbersIn(text: string): number[] | null {
  const words = text.split(/[\s,;]+/).filter(Boolean);
  const numbers = words.map(Number);
  if (numbers.length === 0 || numbers.some((value) => !Number.isFinite(value))) return null;
  return new Set(numbers).size === numbers.length ? numbers : null;
}
