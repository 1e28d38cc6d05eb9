import type * as tfCore from '@tensorflow/tfjs-core';
import type { z } from 'zod';

/** TensorFlow.js as a type: the trainer passes the value in, so that describing a method does not load it. */
export type TensorFlow = typeof tfCore;

/** Inputs of a method in one training step: B examples, C classes. */
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
 * One way to transfer knowledge from teacher to student.
 *
 * The total loss is L = (1/B) Σ_i Σ_term weight(term) · loss(term)_i. The term named `student` is the loss on
 * the labels: the trainer masks it with `labelled`. Every other term is a loss against the teacher.
 */
export interface Method<Shape extends z.ZodRawShape = z.ZodRawShape> {
  readonly id: string;
  /** Counts from 1; another number where the same parameters give other losses than before, so that such runs train anew. */
  readonly version: number;
  readonly title: string;
  /** Beginning of an arm's title, e.g. "KD"; default: the title. */
  readonly short?: string;
  /** One sentence for a hover or a Quick Pick row. */
  readonly summary: string;
  /** Authors, year, title, section and equation. */
  readonly citation: string;
  /** Formula of each term for one example; the keys are those of `weights` and `losses`. */
  readonly terms: Readonly<Record<string, string>>;
  /** What the method needs of the teacher. */
  readonly teacher: 'logits' | 'none';
  /** Parameters as written in an arm of an experiment file, each with a default and a description. */
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

/** The term of the labels; all others come from the teacher. */
export const STUDENT_TERM = 'student';
export const DISTILLATION_TERM = 'distillation';
