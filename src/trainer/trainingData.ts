import { UserError } from '../config/errors';
import { loadData } from '../data/load';
import type { Preprocessor } from '../data/preprocessor';
import { labelledRows } from '../data/split';
import type { RunFile } from '../runs/files';
import { pickExamples } from './examples';
import type { Examples } from './examples';
import { openData } from './openData';

/** All that training sees of a data set. It holds no test example. */
export interface TrainingData {
  /** As the network sees an example. */
  readonly inputShape: number[];
  /** What examples have been through; null where they are as they were read. */
  readonly preprocessor: Preprocessor | null;
  readonly pictureShape: number[] | null;
  readonly classes: string[];
  readonly train: Examples;
  readonly validation: Examples;
  /** Positions in `train` that this run trains on, ascending. */
  readonly transfer: Int32Array;
  /** Positions in `train` whose labels this run may see, ascending. */
  readonly labelled: Int32Array;
}

/** @param root absolute */
export async function loadTrainingData(run: RunFile, root: string, load = loadData): Promise<TrainingData> {
  const { data, parts } = await openData(run, root, load);
  const labelled = new Set(labelledRows(data, parts.train, run.data.config.labels, run.seed));
  const train = pickExamples(data, parts.train);
  const positions = Int32Array.from(train.rows.keys()).filter((i) => labelled.has(train.rows[i]!));
  if (positions.length !== run.data.counts.labelled)
    throw new Error(
      `run.json counts ${run.data.counts.labelled} labelled examples; there are ${positions.length}.`,
    );
  const isKept = (position: number) =>
    run.transferClasses?.includes(data.classes[train.labels[position]!]!) ?? true;
  const seen = positions.filter(isKept);
  const transfer = run.transferSet === 'all' ? Int32Array.from(train.rows.keys()).filter(isKept) : seen;
  if (transfer.length === 0)
    throw new UserError(
      `None of the ${run.transferSet === 'all' ? train.count : positions.length} training examples is of the classes ${run.transferClasses?.join(', ')}: nothing is left to train on. Keep other classes in transferClasses, or give more labels.`,
    );
  return {
    inputShape: data.inputShape,
    preprocessor: data.preprocessor,
    pictureShape: data.pictureShape,
    classes: data.classes,
    train,
    validation: pickExamples(data, parts.validation),
    transfer,
    labelled: seen,
  };
}
