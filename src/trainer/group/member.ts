import type { StepData } from '../steps/data';
import type { StepperOptions } from '../steps/stepper';
import type { LossKey } from './losses';

/** A run of a population. */
export interface Member {
  readonly task: StepperOptions;
  readonly loss: LossKey;
  /** Index on the stack's leading axis; set with the first batch of requests. */
  index: number;
}

/** A batch of a member. */
export interface MemberBatch {
  readonly member: Member;
  readonly data: StepData;
  /** 0-based. */
  readonly step: number;
}

export interface MemberStep extends MemberBatch {
  readonly learningRate: number;
}

export interface MemberInputs {
  readonly member: Member;
  /** Row-major, [B, …inputShape]. */
  readonly inputs: Float32Array;
}
