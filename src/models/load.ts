import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { io } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { UserError } from '../config/errors';
import { wrongSize } from '../config/savedModel';
import { takeOff, type TakenOff } from '../config/savedModel/ending';
import { understand } from '../config/savedModel/understand';
import { checkOutput } from './build';
import { Network, type Output } from './network';
import { withoutNormalization, type Artifacts } from './normalizationLayer';
import { reordered, twoLogits } from './outputs';
import { outputIn } from './save';

/** How a saved model is adapted so that its outputs are logits of the data's classes. */
export interface Loading {
  /** The final activation that is removed. */
  takenOff?: TakenOff | undefined;
  /** The class number of each output; absent if outputs are in the order of the classes. */
  order?: readonly number[] | undefined;
  /** Whether the first layer, which normalizes inputs, is removed because inputs are normalized already. */
  normalized?: boolean | undefined;
}

/**
 * Loads a model.json of TensorFlow.js Layers with its weight files as a network that outputs logits.
 *
 * @param seed of the dropout masks, if it is trained further
 * @throws UserError that names the file, if something is missing, damaged or does not have the shape of the data
 */
export async function loadNetwork(
  file: string,
  inputShape: readonly number[],
  classes: number,
  seed: number,
  { takenOff, order, normalized = false }: Loading = {},
): Promise<Network> {
  const { artifacts: read, output } = await readArtifacts(file, takenOff !== undefined);
  const artifacts = normalized ? withoutNormalization(read) : read;
  let model: LayersModel;
  try {
    model = await loadLayersModel(io.fromMemory(artifacts));
  } catch (error) {
    throw new UserError(`${file} does not load as a TensorFlow.js Layers model: ${(error as Error).message}`);
  }
  if (model.inputs.length !== 1 || model.outputs.length !== 1)
    throw new UserError(
      `${file} has ${model.inputs.length} inputs and ${model.outputs.length} outputs. Expected one of each.`,
    );
  const expects = model.inputs[0]!.shape.slice(1);
  if (
    expects.length !== inputShape.length ||
    expects.some((size, i) => size !== null && size !== inputShape[i])
  )
    throw new UserError(
      `${file} takes inputs of shape [${expects.join(', ')}], but the data have [${inputShape.join(', ')}].`,
    );
  if (takenOff === 'sigmoid' && classes === 2 && model.outputs[0]!.shape.slice(1).join() === '1')
    model = twoLogits(model);
  checkOutput(model.outputs[0]!.shape.slice(1), classes);
  return new Network(order ? reordered(model, order) : model, seed, output);
}

async function readArtifacts(
  file: string,
  removesActivation: boolean,
): Promise<{ artifacts: Artifacts; output: Output }> {
  const text = await read(file, 'The saved model');
  let description: unknown;
  try {
    description = JSON.parse(text.toString('utf8'));
  } catch {
    throw new UserError(`${file} is not JSON. Expected a model.json of TensorFlow.js Layers.`);
  }
  const { model, paths, weights, metadata } = understand(file, description);
  if (removesActivation) takeOff(model);
  const folder = dirname(file);
  const parts = await Promise.all(paths.map((path) => read(join(folder, path), 'A weights file')));
  const weightData = Uint8Array.from(Buffer.concat(parts));
  const problem = wrongSize(file, weightData.length, weights);
  if (problem !== null) throw new UserError(problem);
  const artifacts = {
    modelTopology: model,
    weightSpecs: weights as io.WeightsManifestEntry[],
    weightData: weightData.buffer,
  };
  return { artifacts, output: outputIn(metadata) };
}

async function read(file: string, what: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UserError(
      missing
        ? `${what} is missing: ${file}.`
        : `${what} cannot be read: ${file} (${(error as Error).message}).`,
    );
  }
}
