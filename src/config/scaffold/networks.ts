import { z } from 'zod';
import { layerSchema, type Layer } from '../layers';
import { classesOf, inputShapeOf, isDigits, type Answers, type StudentAnswer } from './answers';

/** A layer as written in a file, without defaults. */
export type WrittenLayer = z.input<typeof layerSchema>;

const dense = (units: number): WrittenLayer => ({ type: 'dense', units, activation: 'relu' });
const flattened = (inputShape: number[]): WrittenLayer[] =>
  inputShape.length > 1 ? [{ type: 'flatten' }] : [];

/** A wide network with dropout on the input and after every hidden layer, against overfitting. */
export function teacherLayers(answers: Pick<Answers, 'data' | 'student'>): WrittenLayer[] {
  return [
    ...flattened(inputShapeOf(answers)),
    { type: 'dropout', rate: 0.1 },
    dense(256),
    { type: 'dropout', rate: 0.5 },
    dense(256),
    { type: 'dropout', rate: 0.5 },
    { type: 'dense', units: classesOf(answers.data) },
  ];
}

const hidden: Record<Exclude<StudentAnswer['id'], 'cnn'>, number> = {
  mlp16: 16,
  mlp8: 8,
  mlp64: 64,
  own: 16,
};

export function studentLayers(answers: Pick<Answers, 'data' | 'student'>): WrittenLayer[] {
  const inputShape = inputShapeOf(answers);
  const logits: WrittenLayer = { type: 'dense', units: classesOf(answers.data) };
  const { id } = answers.student;
  if (id !== 'cnn') return [...flattened(inputShape), dense(hidden[id]), logits];
  return [
    { type: 'conv2d', filters: 8, activation: 'relu' },
    { type: 'maxPooling2d' },
    { type: 'conv2d', filters: 16, activation: 'relu' },
    { type: 'maxPooling2d' },
    { type: 'flatten' },
    logits,
  ];
}

/** With every default filled in. */
export const resolved = (layers: WrittenLayer[]): Layer[] => z.array(layerSchema).parse(layers);

export const studentName = ({ id }: StudentAnswer): string =>
  id === 'cnn' ? 'cnn-8-16' : id === 'own' ? 'my-student' : `mlp-${hidden[id]}`;

/** The training settings that a scaffold writes; the others have their defaults. */
export interface WrittenTraining {
  learningRate: number;
  batchSize: number;
  /** For digits a number of steps that is known to converge; for the user's own data epochs. */
  budget: { steps: number } | { epochs: number };
}

export const teacherTraining = ({ data }: Pick<Answers, 'data'>): WrittenTraining => ({
  learningRate: 0.002,
  batchSize: 50,
  budget: isDigits(data) ? { steps: 600 } : { epochs: 30 },
});

export const studentTraining = ({ data, student }: Pick<Answers, 'data' | 'student'>): WrittenTraining => ({
  learningRate: isDigits(data) && student.id !== 'cnn' ? 0.02 : 0.01,
  batchSize: 50,
  budget: isDigits(data) ? { steps: 800 } : { epochs: 60 },
});
