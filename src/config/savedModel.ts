import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from './errors';
import { isFile } from './files';
import type { Ending } from './savedModel/ending';
import { understand, type Understood } from './savedModel/understand';
import { bytesOf } from './savedModel/weights';
import { MOST_MANIFEST, readAtMostSync } from './wholeFile';

/** The description of a saved model, which is not loaded for it. */
export interface SavedModel {
  parameters: number;
  /** Without the batch dimension; null if unknown. */
  inputShape: number[] | null;
  /** Number of output values for one example; null if the output is not a vector, or unknown. */
  outputs: number | null;
  /** Without the batch dimension; null if unknown. */
  outputShape: number[] | null;
  ending: Ending;
}

/**
 * Reads the model.json of a saved TensorFlow.js Layers model and checks that its layers are supported, that its weights
 * match its layers, and that the weight files exist and are complete.
 *
 * @throws UserError that names the file and what is wrong
 */
export function describeSavedModel(path: string): SavedModel {
  const understood = understand(basename(path), readJson(path));
  checkFiles(path, understood);
  const { model, weights, ending, outputShape } = understood;
  const own = weights.filter(({ group }) => group !== 'optimizer');
  const isKnown = outputShape?.every((size) => size !== null) ?? false;
  const lastOfWeights = own.at(-1)?.shape.at(-1) ?? null;
  return {
    parameters: own.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0),
    inputShape: inputShapeIn(model),
    outputs: !isKnown ? lastOfWeights : outputShape!.length === 1 ? outputShape![0]! : null,
    outputShape: isKnown ? (outputShape as number[]) : null,
    ending,
  };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readAtMostSync(path, MOST_MANIFEST).toString()) as unknown;
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `${basename(path)} is not valid JSON: expected the model.json of a TensorFlow.js model.`,
    );
  }
}

function checkFiles(path: string, { paths, weights }: Understood): void {
  const files = paths.map((file) => join(dirname(path), file));
  const missing = paths.find((_, i) => !isFile(files[i]!));
  if (missing !== undefined)
    throw new UserError(
      `${basename(path)} refers to the weights file ${missing}, which is not in the same folder: copy it there.`,
    );
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  const problem = wrongSize(basename(path), bytes, weights);
  if (problem !== null) throw new UserError(problem);
}

/** A message if the weight files do not have as many bytes as the weights need; null if they do. */
export function wrongSize(title: string, bytes: number, weights: Understood['weights']): string | null {
  // The length of a string is known from the file only.
  if (weights.some(({ dtype }) => dtype === 'string')) return null;
  const needed = weights.reduce((sum, spec) => sum + bytesOf(spec), 0);
  return bytes === needed
    ? null
    : `The weights of ${title} have ${bytes} bytes, but the model needs ${needed}: a weights file is truncated or belongs to another model. Copy it again.`;
}

/** The first "batch_input_shape" (or "batchInputShape") in the topology, without the batch dimension. */
function inputShapeIn(topology: unknown): number[] | null {
  if (typeof topology !== 'object' || topology === null) return null;
  for (const [key, value] of Object.entries(topology)) {
    const here = key === 'batch_input_shape' || key === 'batchInputShape';
    if (here && Array.isArray(value)) {
      const shape: unknown[] = value.slice(1);
      return shape.every((size) => typeof size === 'number') ? shape : null;
    }
    const below = inputShapeIn(value);
    if (below) return below;
  }
  return null;
}
