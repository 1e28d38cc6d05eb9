import { augment } from '../data/augment';
import { stream } from '../data/random';
import { Sampler } from '../data/sampler';
import type { RunFile } from '../runs/files';
import type { TrainingData } from './trainingData';

/** The examples of one step, as plain numbers. */
export interface BatchData {
  /** Positions in the training examples, [B]. */
  positions: Int32Array;
  /** After augmentation, [B, …inputShape]. */
  inputs: Float32Array;
  /** One-hot, [B, C]; zeros for an example without a label. */
  labels: Float32Array;
  /** 1 where the example has a label, [B]; null where all have one. */
  labelled: Float32Array | null;
}

/** The batch of each step: a function of run and step alone. */
export class Batches {
  private readonly sampler: Sampler;
  private readonly isLabelled: Uint8Array;

  constructor(
    private readonly run: Pick<RunFile, 'seed' | 'training'>,
    private readonly data: TrainingData,
  ) {
    const { train, transfer, labelled } = data;
    this.sampler = new Sampler(transfer, run.training.batchSize, run.seed);
    this.isLabelled = new Uint8Array(train.count);
    for (const position of labelled) this.isLabelled[position] = 1;
  }

  /** How many examples a batch may have: the last of an epoch may be short. */
  get sizes(): number[] {
    return this.sampler.sizes;
  }

  get stepsPerEpoch(): number {
    return this.sampler.stepsPerEpoch;
  }

  /** @param step 0-based */
  at(step: number): BatchData {
    const { train, inputShape, classes } = this.data;
    const { augmentation } = this.run.training;
    const positions = this.sampler.batch(step);
    const inputs = train.take(positions);
    if (augmentation.length > 0)
      augment(inputs, inputShape, augmentation, stream(this.run.seed, 'augmentation', step));
    const labels = new Float32Array(positions.length * classes.length);
    const labelled = Float32Array.from(positions, (position) => this.isLabelled[position]!);
    for (let i = 0; i < positions.length; i++)
      if (labelled[i] === 1) labels[i * classes.length + train.labels[positions[i]!]!] = 1;
    return { positions, inputs, labels, labelled: labelled.includes(0) ? labelled : null };
  }
}
