import type { DataFacts } from '../config/facts';
import type { TableFacts } from '../config/table';
import type { Inputs } from './inputs';

/** A data set. Its inputs may be in a file that is read on demand. */
export interface DataSet {
  inputs: Inputs;
  /** Of one example: [features], or [height, width, channels] for images. */
  inputShape: number[];
  /** Shape of one input as an image, [height, width, channels]; null if it is not an image. */
  pictureShape: number[] | null;
  /** Class numbers, [count]. */
  labels: Int32Array;
  classes: string[];
  count: number;
  /** SHA-256, hexadecimal, of the scaled inputs, their shape, the labels and the number of classes. */
  hash: string;
  /** The rows in `labels.file`; null if there is no such file. */
  labelFile: Int32Array | null;
  /** How a table was read; absent for other data. */
  table?: TableFacts | undefined;
  /** Columns that lose digits in float32; absent for images. */
  rounded?: DataFacts['rounded'];
}

/** The result of reading a data source, from which the rest of a `DataSet` follows. */
export type RawData = Pick<DataSet, 'inputs' | 'inputShape' | 'labels' | 'classes'> &
  Partial<Pick<DataSet, 'table' | 'rounded'>>;
