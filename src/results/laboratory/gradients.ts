import type { Measured } from './measure';

/** Weights of the terms on softened outputs and of those on labels. */
export interface Balance {
  distillationWeight: number;
  studentWeight: number;
}

/** Gradient norms in the student's logits, weighted, by temperature: of the soft term with T² and without, and of the hard one. */
export interface WeightedGradients {
  scaled: number[];
  unscaled: number[];
  hard: number;
}

export function weightedGradients(
  { gradient, temperatures }: Pick<Measured, 'gradient' | 'temperatures'>,
  { distillationWeight, studentWeight }: Balance,
): WeightedGradients {
  const scaled = gradient.soft.map((norm) => distillationWeight * norm);
  return {
    scaled,
    unscaled: scaled.map((norm, i) => norm / temperatures[i]! ** 2),
    hard: studentWeight * gradient.hard,
  };
}

/** The soft term's share of the two norms, 0–1; 0 where it has none. */
export const softShare = (soft: number, hard: number): number => (soft === 0 ? 0 : soft / (soft + hard));
