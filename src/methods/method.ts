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

/** What a term compares the student with: the labels, a teacher, or neither. */
export type TermSource = 'labels' | 'teacher' | 'other';

/** One loss of a method. Each is logged raw and weighted, and drawn as a line of its own. */
export interface Term {
  /** As a legend shows it, e.g. "distillation T²·KL". */
  readonly title: string;
  /** Of one example, or of a batch. */
  readonly formula: string;
  readonly unit: 'nats' | 'none';
  /** Decides the colour; a loss on labels counts 0 for unlabelled examples. */
  readonly source: TermSource;
  /** `example`: a loss [B], row i of which depends on example i alone. `batch`: a scalar that relates the examples. */
  readonly over: 'example' | 'batch';
  /** Its gradient is that of KL(softmax(z_t/T) ‖ softmax(z_s/T)), times T² or not: the temperature laboratory draws it. */
  readonly softened?: true;
  /** With fewer classes its gradient is 0. */
  readonly fewestClasses?: number;
}

/** How the terms of a method add up to its loss. */
export interface Weighting {
  /** By term, the teacher's before those of the labels. */
  readonly weights: Readonly<Record<string, number>>;
  /** By term, the parameter that its weight comes from; a term that is absent has a fixed weight. */
  readonly from: Readonly<Record<string, string>>;
  /** "α·distillation + (1−α)·student" */
  readonly formula: string;
}

/**
 * One way to transfer knowledge from teacher to student.
 *
 * The total loss is L = Σ_term weight(term) · mean(loss(term)), the mean being over the examples of the batch.
 */
export interface Method<Shape extends z.ZodRawShape = z.ZodRawShape> {
  readonly id: string;
  /** Counts from 1; another number where the same parameters give other losses than before, so that such runs are trained again. */
  readonly version: number;
  readonly title: string;
  /** Beginning of an arm's title, e.g. "KD"; default: the title. */
  readonly short?: string;
  /** One sentence for a hover or a Quick Pick row. */
  readonly summary: string;
  /** Authors, year, title, section and equation. */
  readonly citation: string;
  /** What the method needs of the teacher. */
  readonly teacher: 'logits' | 'none';
  /** An arm to begin with: its parameters, those of a second one that learns from unlabelled examples, a comment above both. */
  readonly start: {
    readonly arm: Readonly<Record<string, unknown>>;
    readonly unlabelled?: Readonly<Record<string, unknown>>;
    readonly comment: string;
  };
  /** Parameters as written in an arm of an experiment file, each with a default and a description. */
  readonly parameters: z.ZodObject<Shape>;
  /** By name, which event logs and run files use; the keys are those of `weighting` and `losses`. */
  terms(parameters: z.output<z.ZodObject<Shape>>): Readonly<Record<string, Term>>;
  weighting(parameters: z.output<z.ZodObject<Shape>>): Weighting;
  /** The loss of each term before weighting: [B], or a scalar for a term over the batch. Pure. */
  losses(
    tf: TensorFlow,
    batch: Batch,
    parameters: z.output<z.ZodObject<Shape>>,
  ): Readonly<Record<string, tfCore.Tensor1D | tfCore.Scalar>>;
}
