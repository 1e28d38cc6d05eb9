import type { Inputs } from './inputs';

/** A data set. Its inputs may lie in a file that is read as they are asked for. */
export interface DataSet {
  inputs: Inputs;
  /** Of one example: [features], or [height, width, channels] for images. */
  inputShape: number[];
  /** How one input is drawn, [height, width, channels]; null where it is no picture. */
  pictureShape: number[] | null;
  /** Class numbers, [count]. */
  labels: Int32Array;
  classes: string[];
  count: number;
  /** SHA-256, hexadecimal, of what can be seen of it: inputs as scaled, their shape, labels, number of classes. */
  hash: string;
  /** The rows that `labels.file` names; null where there is no such file. */
  labelFile: Int32Array | null;
}

/** What a reader gives; the rest follows from it. */
export type RawData = Pick<DataSet, 'inputs' | 'inputShape' | 'labels' | 'classes'>;
