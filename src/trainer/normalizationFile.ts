import { UserError } from '../config/errors';
import { preprocessorOf, type Preprocessor } from '../data/preprocessor';
import { formatJson, writeFirst } from '../runs/atomic';
import { SCHEMA_VERSION, type NormalizationFile } from '../runs/files';
import { readNormalization } from '../runs/folder';
import { runFiles } from '../runs/layout';
import type { OpenRun } from './openRun';

/** Keeps what inputs were standardised by with the run, where they are. */
export function keepNormalization({ run, folder }: OpenRun, preprocessor: Preprocessor | null): void {
  if (!preprocessor?.normalization || !run.data.preprocessing?.standardize) return;
  const { mean, sd } = preprocessor.normalization;
  const file: NormalizationFile = { schemaVersion: SCHEMA_VERSION, mean: [...mean], sd: [...sd] };
  writeFirst(runFiles(folder).normalization, formatJson(file));
}

/** How the network of a run that has begun sees examples, without reading its data. */
export async function keptPreprocessor({ run, folder }: OpenRun): Promise<Preprocessor | null> {
  const { preprocessing, inputShape } = run.data;
  const kept = preprocessing?.standardize ? (await readNormalization(folder)).value : null;
  return preprocessorOf(preprocessing, inputShape, () => {
    if (kept) return kept;
    throw new UserError(
      `${runFiles(folder).normalization} is missing, which says how the inputs of this run were standardised. Train the run again.`,
    );
  });
}
