import type { StepData } from '../steps/data';
import type { StepperTask } from '../steps/stepper';
import type { LossKey } from './losses';

/** A run of a population, as its program sees it. */
export interface Member {
  readonly task: StepperTask;
  readonly loss: LossKey;
  /** On the leading axis of the stack; known from the first round on. */
  place: number;
}

/** A batch of a member. */
export interface Asked {
  readonly member: Member;
  readonly data: StepData;
  /** 0-based. */
  readonly step: number;
}

export interface AskedStep extends Asked {
  readonly learningRate: number;
}

export interface AskedLogits {
  readonly member: Member;
  /** Row-major, [B, …inputShape]. */
  readonly inputs: Float32Array;
}
