import { plannedSteps, roughSeconds } from '../budget';
import { describeNetwork, type NetworkDescription } from '../shapes';
import { trainingSchema } from '../training';
import { inputShapeOf, isDigits, type Answers } from './answers';
import {
  resolved,
  teacherLayers,
  teacherTraining,
  type WrittenLayer,
  type WrittenTraining,
} from './networks';

export const SEEDS = 5;

export const networkOf = (
  layers: WrittenLayer[],
  answers: Pick<Answers, 'data' | 'student'>,
): NetworkDescription => describeNetwork(resolved(layers), inputShapeOf(answers));

/** Seconds of the teacher's training; null if the number of examples is not known. */
export const teacherSeconds = (answers: Answers): number | null =>
  seconds(answers, teacherLayers(answers), teacherTraining(answers));

function seconds(answers: Answers, layers: WrittenLayer[], written: WrittenTraining): number | null {
  if (!isDigits(answers.data)) return null;
  const { batchSize, budget } = written;
  const steps = plannedSteps(trainingSchema.parse({ batchSize, ...budget }), 0);
  return roughSeconds(steps, batchSize, networkOf(layers, answers).multiplications);
}
