import type { z } from 'zod';
import type { dataSchema } from '../data';
import { UserError } from '../errors';
import type { DataFacts } from '../facts';
import { tooFewExamples } from '../parts';

/** The user's own data, as in an experiment file; paths are relative to the root, or absolute. */
export type OwnData = Exclude<z.input<typeof dataSchema>, { source: 'digits' }>;

export type DataAnswer =
  | { id: 'digitsFew' | 'digitsAll' }
  /** `inputShape`, `classes` and `count` (of examples) as describeData finds them, so that networks and split fit. */
  | { id: 'csv' | 'npy' | 'idx'; config: OwnData; inputShape: number[]; classes: number; count: number };
export type OwnAnswer = Extract<DataAnswer, { config: OwnData }>;
/** The path of a saved model is relative to the root, or absolute. */
export type TeacherAnswer = { id: 'train' } | { id: 'saved'; model: string };
export type StudentAnswer = { id: 'mlp16' | 'mlp8' | 'mlp64' | 'cnn' | 'own' };
/** A method of the catalogue. */
export type MethodAnswer = { id: string };

/** The answers to the five questions of New Experiment. */
export interface Answers {
  data: DataAnswer;
  teacher: TeacherAnswer;
  student: StudentAnswer;
  method: MethodAnswer;
  name: string;
}

/** The answers if the user accepts every default. */
export const defaultAnswers: Answers = {
  data: { id: 'digitsFew' },
  teacher: { id: 'train' },
  student: { id: 'mlp16' },
  method: { id: 'hinton' },
  name: 'few-labels',
};

type DigitsAnswer = Exclude<DataAnswer, OwnAnswer>;
export const isDigits = (data: DataAnswer): data is DigitsAnswer => !('config' in data);

/** Shape of one example as the networks get it; digits are images if the student has convolutions. */
export function inputShapeOf({ data, student }: Pick<Answers, 'data' | 'student'>): number[] {
  if (!isDigits(data)) return data.inputShape;
  return student.id === 'cnn' ? [8, 8, 1] : [64];
}

export const classesOf = (data: DataAnswer): number => (isDigits(data) ? 10 : data.classes);

/** The answer for data that have been read. @throws UserError if no split of them can give a verdict */
export function ownAnswer(
  config: OwnData,
  { inputShape, classes, count }: Pick<DataFacts, 'inputShape' | 'classes' | 'count'>,
): OwnAnswer {
  const problem = tooFewExamples(count, classes.length);
  if (problem !== null) throw new UserError(`${fileOf(config)}: ${problem}`);
  return { id: config.source, config, inputShape, classes: classes.length, count };
}

/** The suggested name of the experiment, derived from the data. */
export function suggestedName(data: DataAnswer): string {
  if (isDigits(data)) return data.id === 'digitsFew' ? 'few-labels' : 'all-labels';
  const file = fileOf(data.config).split(/[/\\]/).at(-1) ?? '';
  const stem = file.replace(/(\.[A-Za-z0-9]+)+$/, '').replaceAll(/[^A-Za-z0-9_-]+/g, '-');
  return stem.replaceAll(/^-+|-+$/g, '') || 'my-data';
}

function fileOf(config: OwnData): string {
  switch (config.source) {
    case 'csv':
      return config.file;
    case 'npy':
      return config.inputs;
    case 'idx':
      return config.images;
  }
}
