import { SCHEMA_VERSION } from '../runs/files';
import type { ProbesFile } from '../runs/files';
import type { TrainingData } from './trainingData';
import { rowOf } from '../tasks/softmax';

const HOW_MANY = 12;

/**
 * Which validation examples the panel can soften, by position: those of whose class the teacher is least sure, one a class
 * first; without a teacher the first of each class, then the first of all.
 *
 * @param teacherLogits of the validation examples, row-major
 */
export function chooseProbes(
  labels: Int32Array,
  teacherLogits: Float32Array | null,
  classes: number,
): number[] {
  const order = [...labels.keys()];
  if (teacherLogits) {
    const entropy = order.map((i) => entropyOf(teacherLogits.subarray(i * classes, (i + 1) * classes)));
    order.sort((a, b) => entropy[b]! - entropy[a]! || a - b);
  }
  const firstOfClass = new Set<number>();
  const chosen = order.filter((i) => {
    const first = !firstOfClass.has(labels[i]!);
    firstOfClass.add(labels[i]!);
    return first;
  });
  const others = order.filter((i) => !chosen.includes(i));
  return [...chosen, ...others].slice(0, HOW_MANY);
}

export function probesFile(
  data: Pick<TrainingData, 'inputShape' | 'pictureShape' | 'validation' | 'classes'>,
  positions: readonly number[],
  teacherLogits: Float32Array | null,
): ProbesFile {
  const { validation, inputShape, pictureShape, classes } = data;
  return {
    schemaVersion: SCHEMA_VERSION,
    shape: pictureShape ?? inputShape,
    examples: positions.map((i) => ({
      row: validation.rows[i]!,
      label: validation.labels[i]!,
      input: [...validation.show([i])],
      teacherLogits: teacherLogits && rowOf(teacherLogits, i, classes.length),
    })),
  };
}

/** Of the softmax of logits, in nats. */
function entropyOf(logits: Float32Array): number {
  const largest = Math.max(...logits);
  let sum = 0;
  let weighted = 0;
  for (const z of logits) {
    const power = Math.exp(z - largest);
    sum += power;
    weighted += power * (z - largest);
  }
  return Math.log(sum) - weighted / sum;
}
