import { inputTexts } from '../config/table';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { scaleOf } from '../config/data';
import { formatNpy } from '../data/npy';
import type { LoadedEngine } from '../engines/engine';
import type { Network, WeightValues } from '../models/network';
import { modelFiles } from '../models/save';
import { formatJson, writeAtomic, writeFirst } from '../runs/atomic';
import { selectedCheckpoint } from '../runs/checkpoint';
import { SCHEMA_VERSION } from '../runs/files';
import type { ResultFile } from '../runs/files';
import { runFiles } from '../runs/layout';
import { accuracy, crossEntropy, expectedCalibrationError } from '../tasks/classification';
import { fromCheckpoint } from './checkpoints';
import { chunkSizes, inChunks } from './chunks';
import { chooseInference } from './inference';
import { checkSavedTeacher } from './checkSavedTeacher';
import { titleOf } from './openRun';
import type { OpenRun } from './openRun';
import type { Trained } from './train';
import type { TrainingData } from './trainingData';
import type { Usage } from './usage';

export interface Finished {
  open: OpenRun;
  engine: LoadedEngine;
  data: TrainingData;
  network: Network;
  trained: Pick<Trained, 'step' | 'selection' | 'tensors'>;
  attempt: number;
  usage: Usage;
  trainedTogether: number;
  log: (sentence: string) => void;
  /** A sentence for the log and the events. */
  note: (sentence: string) => void;
}

/** Writes the results of a training, with the weights of the selected step; result.json last. */
export async function finish({
  open,
  engine,
  data,
  network,
  trained,
  attempt,
  usage,
  trainedTogether,
  log,
  note,
}: Finished): Promise<void> {
  const files = runFiles(open.folder);
  const { step, selection, tensors } = trained;
  if (selection.step !== step) {
    const selected = selectedCheckpoint(open.folder);
    if (selected?.step !== selection.step)
      throw new Error(`The checkpoint of step ${selection.step} is missing.`);
    network.write(fromCheckpoint(selected).position.weights, engine.tf.tensor);
  }
  const { validation, inputShape, classes } = data;
  const inference = chooseInference(engine, network, inputShape, chunkSizes(validation.count), log);
  const logits = await inChunks(inference, validation);
  inference.dispose();
  if (open.run.kind === 'teacher' && open.run.network.model !== undefined)
    (await checkSavedTeacher(open, engine, network, data, logits)).forEach(note);
  const { parameters, bytes } = network.size;
  const { table } = open.run.data;
  const about = {
    title: titleOf(open.run),
    inputShape,
    preprocessor: data.preprocessor,
    scale: scaleOf(open.run.data.config),
    classes,
    parameters,
    output: network.output,
    columns: table && inputTexts(table),
  };
  for (const [name, content] of Object.entries(await modelFiles(network.model, about)))
    writeAtomic(join(files.model, name), content);
  writeResult(open.folder, data, logits, {
    attempt,
    steps: step,
    selectedStep: selection.step,
    parameters,
    bytes,
    trainingSeconds: usage.seconds,
    trainedTogether,
    cpuSeconds: usage.cpuSeconds,
    peakBytes: usage.peakBytes,
    weights: hashOf(await network.read()),
    numTensors: tensors,
  });
}

/** Writes the validation predictions, and result.json last. @param logits row-major, [N, C] */
export function writeResult(
  folder: string,
  { validation, classes }: Pick<TrainingData, 'validation' | 'classes'>,
  logits: Float32Array,
  about: Omit<ResultFile, 'schemaVersion' | 'validation'>,
): void {
  const files = runFiles(folder);
  writeAtomic(files.predictions('validation'), formatNpy(logits, [validation.count, classes.length]));
  writeAtomic(files.labels('validation'), formatNpy(validation.labels, [validation.count]));
  const result: ResultFile = {
    schemaVersion: SCHEMA_VERSION,
    ...about,
    validation: {
      accuracy: accuracy(logits, validation.labels),
      loss: crossEntropy(logits, validation.labels),
      ece: expectedCalibrationError(logits, validation.labels),
    },
  };
  writeFirst(files.result, formatJson(result));
}

/** SHA-256 of all weights, by name. */
export function hashOf(weights: WeightValues): string {
  const hash = createHash('sha256');
  for (const name of Object.keys(weights).sort()) {
    const { buffer, byteOffset, byteLength } = weights[name]!;
    hash.update(name).update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}
