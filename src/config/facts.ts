import type { ColumnKey, TableFacts } from './table';

/** The facts about a data set that checks and plans need, without its contents. */
export interface DataFacts {
  /** SHA-256 of contents and of everything that changes what is read; hexadecimal. */
  hash: string;
  /** SHA-256 of the files that hold the examples, or their source: the same however they are scaled, shaped or split. */
  rows?: string | undefined;
  inputShape: number[];
  classes: string[];
  count: number;
  /** Examples of each class over the whole set. */
  perClass: number[];
  /** SHA-256 of the rows in `labels.file`; null if there is no such file. */
  labelFileHash: string | null;
  /** How a table was read; absent for other data. */
  table?: TableFacts | undefined;
  /** Training examples of each class. */
  trainPerClass?: number[];
  /**
   * Columns that lose digits in float32: values closer than `step` become equal, and `loss` is the root mean square of the
   * rounding errors, divided by the standard deviation.
   */
  rounded?: { column: ColumnKey; step: number; loss: number }[] | undefined;
  counts: { train: number; labelled: number; validation: number; test: number };
  /** For a table: the largest ratio between the ranges of two columns over the training part. */
  rangeRatio?: number | undefined;
}

/** Facts beyond the config files. A lint that needs a missing fact reports nothing. */
export interface LintFacts {
  data?: DataFacts | undefined;
  /** False if only config files may be read. */
  savedModels?: boolean | undefined;
  /** Accuracy (0–1) of the teacher and of the best student on the same part of the data. */
  teacherAccuracy?: number | undefined;
  studentAccuracy?: number | undefined;
}
