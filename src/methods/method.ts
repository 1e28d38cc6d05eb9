import type * as tfCore from '@tensorflow/tfjs-core';
import type { z } from 'zod';

/** TensorFlow.js as a type: the trainer passes the value in, so that whoever only describes methods never loads it. */
export type TensorFlow = typeof tfCore;

/** What a method sees of one training step: B examples, C classes. */
export interface Batch {
  /** Raw outputs of the student, [B, C]. */
  readonly studentLogits: tfCore.Tensor2D;
  /** Raw outputs of the teacher on the same inputs, [B, C]; null where the method has `teacher: 'none'`. */
  readonly teacherLogits: tfCore.Tensor2D | null;
  /** One-hot labels, [B, C]; the row of an unlabelled example is all zeros. */
  readonly labels: tfCore.Tensor2D;
  /** 0-based optimizer step, and how many are planned: for weights that change over training. */
  readonly step: number;
  readonly totalSteps: number;
}

/**
 * One way for knowledge to go over from teacher to student.
 *
 * The total loss is L = (1/B) Σ_i Σ_term weight(term) · loss(term)_i. The term named `student` is what the labels teach:
 * the trainer masks it with `labelled`. Every other term is what the teacher teaches.
 */
export interface Method<Shape extends z.ZodRawShape = z.ZodRawShape> {
  readonly id: string;
  /** Counts from 1; another number where the same parameters give other losses than before, so that such runs train anew. */
  readonly version: number;
  readonly title: string;
  /** What an arm's title begins with, e.g. "KD"; the title where absent. */
  readonly short?: string;
  /** One sentence for a hover or a Quick Pick row. */
  readonly summary: string;
  /** Authors, year, title, section and equation. */
  readonly citation: string;
  /** What each term is for one example, as a formula; the keys are those of `weights` and `losses`. */
  readonly terms: Readonly<Record<string, string>>;
  /** What the method needs of the teacher. */
  readonly teacher: 'logits' | 'none';
  /** Parameters as they stand in the arm of an experiment file, each with a default and a description. */
  readonly parameters: z.ZodObject<Shape>;
  /** The weight of each term, from resolved parameters; the keys name the terms. */
  weights(parameters: z.output<z.ZodObject<Shape>>): Readonly<Record<string, number>>;
  /** The loss of each example and term, before weighting, [B], in nats. Pure. */
  losses(
    tf: TensorFlow,
    batch: Batch,
    parameters: z.output<z.ZodObject<Shape>>,
  ): Readonly<Record<string, tfCore.Tensor1D>>;
}

/** The term that the labels teach; all others come from the teacher. */
export const STUDENT_TERM = 'student';
export const DISTILLATION_TERM = 'distillation';
