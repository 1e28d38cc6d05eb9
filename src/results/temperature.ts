import { divergence, softmax, type Row } from '../tasks/softmax';

/** What the temperature does to logits, in plain numbers: the panel and the report draw the same. */
export { softmax, divergence as klDivergence };

/** −Σ p·log₂ p: 0 for certainty, log₂ C for the uniform distribution. */
export const entropyBits = (p: readonly number[]): number =>
  p.reduce((sum, pc) => (pc > 0 ? sum - pc * Math.log2(pc) : sum), 0);

/** How many equally likely classes have the same entropy. */
export const effectiveClasses = (p: readonly number[]): number => 2 ** entropyBits(p);

/**
 * (1/2C)·‖centred(student − teacher)‖²: what T²·KL tends to as T grows (Hinton et al. 2015, §2.1), in nats.
 */
export function logitMatchingLimit(teacher: Row, student: Row): number {
  const difference = Array.from(teacher, (z, c) => student[c]! - z);
  const mean = difference.reduce((a, b) => a + b, 0) / difference.length;
  return difference.reduce((sum, d) => sum + (d - mean) ** 2, 0) / (2 * difference.length);
}
/** One example with both networks' logits and its class. */
export interface LabelledPair {
  readonly label: number;
  readonly teacher: readonly number[];
  readonly student: readonly number[];
}

export interface Balance {
  distillationWeight: number;
  studentWeight: number;
  scaleByT2: boolean;
}

/**
 * Mean L2 norm, over the examples, of the gradient of each weighted term in the student's logits: distillation is
 * weight·T·‖q − p‖ with T² and weight·‖q − p‖/T without, student is weight·‖softmax(z_s) − y‖.
 */
export function gradientNorms(
  pairs: readonly LabelledPair[],
  temperature: number,
  { distillationWeight, studentWeight, scaleByT2 }: Balance,
): { distillation: number; student: number } {
  const scale = scaleByT2 ? temperature : 1 / temperature;
  let distillation = 0;
  let student = 0;
  for (const pair of pairs) {
    const p = softmax(pair.teacher, temperature);
    const q = softmax(pair.student, temperature);
    distillation += scale * Math.hypot(...q.map((qc, c) => qc - p[c]!));
    student += Math.hypot(...softmax(pair.student).map((qc, c) => qc - (c === pair.label ? 1 : 0)));
  }
  return {
    distillation: (distillationWeight * distillation) / pairs.length,
    student: (studentWeight * student) / pairs.length,
  };
}

/** The teacher's share of the two norms, 0–1; 0 where neither term has a gradient. */
export function teacherGradientShare(
  pairs: readonly LabelledPair[],
  temperature: number,
  balance: Balance,
): number {
  const { distillation, student } = gradientNorms(pairs, temperature, balance);
  return distillation === 0 ? 0 : distillation / (distillation + student);
}
