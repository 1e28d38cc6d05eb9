import { availableParallelism } from 'node:os';
import { planSeconds, plannedSteps, roughSeconds } from '../budget';
import { describeNetwork, type NetworkDescription } from '../shapes';
import { trainingSchema } from '../training';
import { inputShapeOf, isDigits, type Answers } from './answers';
import {
  resolved,
  studentLayers,
  studentTraining,
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

/** Trainings that the answers ask for: the teacher, and for every seed scratch and the distilled arms. */
export const trainingsOf = (answers: Answers): number =>
  (needsTeacher(answers) ? 1 : 0) + SEEDS * (1 + distilledArms(answers));

const needsTeacher = ({ teacher }: Answers) => teacher.id === 'train';

/** With few labels the images without one are a second arm, where the method asks a teacher. */
const distilledArms = ({ data, method }: Pick<Answers, 'data' | 'method'>): number =>
  data.id === 'digitsFew' && method.id !== 'labelSmoothing' ? 2 : 1;

/** Seconds of the teacher's training; null where it is not known how many examples there are. */
export const teacherSeconds = (answers: Answers): number | null =>
  seconds(answers, teacherLayers(answers), teacherTraining(answers));

/** Seconds of everything that the answers ask for. */
export function totalSeconds(answers: Answers): number | null {
  const student = seconds(answers, studentLayers(answers), studentTraining(answers));
  const teacher = teacherSeconds(answers);
  if (student === null || teacher === null) return null;
  const runs = SEEDS * (1 + distilledArms(answers));
  const teachers = needsTeacher(answers) ? [teacher] : [];
  return planSeconds({ teachers, units: Array<number>(runs).fill(student), runs }, availableParallelism());
}

function seconds(answers: Answers, layers: WrittenLayer[], written: WrittenTraining): number | null {
  if (!isDigits(answers.data)) return null;
  const { batchSize, budget } = written;
  const steps = plannedSteps(trainingSchema.parse({ batchSize, ...budget }), 0);
  return roughSeconds(steps, batchSize, networkOf(layers, answers).multiplications);
}
