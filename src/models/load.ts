import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { io } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { UserError } from '../config/errors';
import { checkOutput } from './build';
import { Network } from './network';
import { withoutNormalization } from './normalizationLayer';

interface Manifest {
  paths: string[];
  weights: io.WeightsManifestEntry[];
}

/**
 * Loads a model.json of TensorFlow.js Layers, with the weight files beside it, as a network that gives logits.
 *
 * @param seed of the dropout masks, where it goes on training
 * @param normalized whether the layer in front that normalizes inputs is left out, since they are normalized already
 * @throws UserError that names the file, for whatever is missing, broken or of another shape than the data
 */
export async function loadNetwork(
  file: string,
  inputShape: readonly number[],
  classes: number,
  seed: number,
  normalized = false,
): Promise<Network> {
  const read = await readArtifacts(file);
  const artifacts = normalized ? withoutNormalization(read) : read;
  let model: LayersModel;
  try {
    model = await loadLayersModel(io.fromMemory(artifacts));
  } catch (error) {
    throw new UserError(`${file} does not load as a TensorFlow.js Layers model: ${(error as Error).message}`);
  }
  if (model.inputs.length !== 1 || model.outputs.length !== 1)
    throw new UserError(
      `${file} has ${model.inputs.length} inputs and ${model.outputs.length} outputs; one of each is needed.`,
    );
  const expects = model.inputs[0]!.shape.slice(1);
  if (
    expects.length !== inputShape.length ||
    expects.some((size, i) => size !== null && size !== inputShape[i])
  )
    throw new UserError(
      `${file} takes inputs of shape [${expects.join(', ')}], while the data have [${inputShape.join(', ')}].`,
    );
  checkOutput(model.outputs[0]!.shape.slice(1), classes);
  return new Network(model, seed);
}

async function readArtifacts(file: string) {
  const text = await read(file, 'The saved model');
  let description: { modelTopology?: object; weightsManifest?: Manifest[] };
  try {
    description = JSON.parse(text.toString('utf8')) as typeof description;
  } catch {
    throw new UserError(`${file} is not JSON; a model.json of TensorFlow.js Layers is needed.`);
  }
  const { modelTopology, weightsManifest } = description;
  if (!modelTopology || !Array.isArray(weightsManifest))
    throw new UserError(
      `${file} has no modelTopology and weightsManifest; a model.json of TensorFlow.js Layers is needed.`,
    );
  if ('node' in modelTopology)
    throw new UserError(
      `${file} is a graph model; save it in the Layers format, so that its layers are known.`,
    );
  const folder = dirname(file);
  const parts = await Promise.all(
    weightsManifest.flatMap(({ paths }) => paths.map((path) => read(join(folder, path), 'A weights file'))),
  );
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  const needed = weightSpecs.reduce((sum, { shape, dtype, quantization }) => {
    const width = quantization ? (quantization.dtype === 'uint8' ? 1 : 2) : dtype === 'bool' ? 1 : 4;
    return sum + width * shape.reduce((a, b) => a * b, 1);
  }, 0);
  const weightData = Uint8Array.from(Buffer.concat(parts));
  if (weightData.length !== needed)
    throw new UserError(
      `The weights of ${file} are ${weightData.length} bytes, while the model needs ${needed}: a weights file is cut off or of another model.`,
    );
  return { modelTopology, weightSpecs, weightData: weightData.buffer };
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
