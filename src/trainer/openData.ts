import { UserError } from '../config/errors';
import type { DataSet } from '../data/dataSet';
import { loadData } from '../data/load';
import { fitNormalization } from '../data/normalization';
import { preprocessed, preprocessorOf, type SeenData } from '../data/preprocessor';
import { splitRows } from '../data/split';
import type { Parts } from '../data/split';
import type { RunFile } from '../runs/files';

/** The data of a run and the rows of its parts. @throws UserError where they are not what the run was planned with */
export async function openData(
  run: RunFile,
  root: string,
  load = loadData,
): Promise<{ data: SeenData; parts: Parts }> {
  const { config, hash } = run.data;
  const data = await load(config, root);
  if (data.hash !== hash) {
    const short = (text: string) => `${text.slice(0, 4)}…`;
    throw new UserError(
      `The data (${config.source}) changed since this run was planned (${short(hash)} → ${short(data.hash)}). Going on would mix two data sets: run the experiment again, which starts new runs.`,
    );
  }
  const parts = splitRows(data.labels, data.classes.length, config.split);
  return { data: seenBy(run, data, parts.train), parts };
}

/** Mean and sd are of the training part alone: nothing of the other parts reaches a network. */
function seenBy({ data: { preprocessing } }: RunFile, data: DataSet, train: Int32Array): SeenData {
  const { inputs, inputShape } = data;
  const columns = (preprocessing?.resize?.from ?? inputShape).at(-1)!;
  const preprocessor = preprocessorOf(preprocessing, inputShape, () =>
    fitNormalization(inputs, train, columns),
  );
  if (preprocessor === null) return { ...data, raw: inputs, preprocessor };
  return {
    ...data,
    inputs: preprocessed(inputs, preprocessor),
    inputShape: [...preprocessor.shape],
    raw: inputs,
    preprocessor,
  };
}
