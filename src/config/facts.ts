/** What checks and plans need to know of a data set without holding it. */
export interface DataFacts {
  /** SHA-256 of contents and of everything that changes what is read; hexadecimal. */
  hash: string;
  inputShape: number[];
  classes: string[];
  count: number;
  /** Examples of each class over the whole set. */
  perClass: number[];
  /** SHA-256 of the rows in `labels.file`; null where there is no such file. */
  labelFileHash: string | null;
  counts: { train: number; labelled: number; validation: number; test: number };
  /** Of a table: how many times as large the range of one column is as that of another, at most, over the training part. */
  rangeRatio?: number;
}

/** What is known beyond the files when they are checked; each lint needs some of it and is silent without. */
export interface LintFacts {
  data?: DataFacts | undefined;
  /** Shares of right answers of the teacher and of the best student, on the same part. */
  teacherAccuracy?: number | undefined;
  studentAccuracy?: number | undefined;
}
