import { isAbsolute, win32 } from 'node:path';
import { z } from 'zod';
import { UserError } from '../errors';
import { endingOf, type Ending } from './ending';
import { fromKeras3 } from './keras3';
import { checkLayers } from './layers';
import { shapesIn, type Shape, type Shapes } from './shapes';
import { isModel, isObject, layersOf, modelIn, type LayerJson } from './topology';
import { matchWeights, type WeightSpec } from './weights';

const manifestSchema = z.object({
  modelTopology: z.unknown(),
  userDefinedMetadata: z.record(z.string(), z.unknown()).optional(),
  weightsManifest: z.array(
    z.object({
      paths: z.array(z.string()),
      weights: z.array(
        z.looseObject({
          name: z.string(),
          shape: z.array(z.number()),
          dtype: z.string().optional(),
          quantization: z.looseObject({ dtype: z.string().optional() }).optional(),
          group: z.string().optional(),
        }),
      ),
    }),
  ),
});

/** Levels of JSON, some five for a model in a model. */
const MOST_DEPTH = 100;

function isTooDeep(topology: unknown): boolean {
  let level = [topology];
  for (let depth = 0; depth < MOST_DEPTH && level.length > 0; depth++)
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? (Object.values(value) as unknown[]) : [],
    );
  return level.length > 0;
}

const isOutside = (path: string): boolean =>
  isAbsolute(path) || win32.isAbsolute(path) || path.split(/[\\/]/).includes('..');

/** The content of a model.json in the format that TensorFlow.js Layers reads. */
export interface Understood {
  model: LayerJson;
  ending: Ending;
  /** Without the batch. */
  outputShape: Shape;
  /** Files of the weights, relative to the model.json. */
  paths: string[];
  /** With the names that TensorFlow.js expects, in the order of the files. */
  weights: WeightSpec[];
  metadata: Record<string, unknown>;
}

/**
 * Reads the content of a model.json of Keras 2, Keras 3 or TensorFlow.js without loading weights.
 *
 * @param title of the model, with which messages begin
 * @throws UserError that names what TensorFlow.js Layers cannot read, and the layer or weight
 */
export function understand(title: string, json: unknown): Understood {
  const expected = 'expected the model.json of a TensorFlow.js Layers model.';
  if (!isObject(json)) throw new UserError(`${title} is not a JSON object: ${expected}`);
  const topology = json['modelTopology'];
  if (json['format'] === 'graph-model' || (isObject(topology) && 'node' in topology))
    throw new UserError(
      `${title} is a graph model: expected a TensorFlow.js Layers model, whose layers are accessible.`,
    );
  const manifest = manifestSchema.safeParse(json);
  if (!manifest.success) throw new UserError(`${title} lists no weights: ${expected}`);
  const outside = manifest.data.weightsManifest.flatMap(({ paths }) => paths).find(isOutside);
  if (outside !== undefined)
    throw new UserError(
      `${title} names the weights file ${outside}, which is not in its folder: copy it there, and name it without a path that leads out.`,
    );
  if (isTooDeep(topology))
    throw new UserError(
      `${title} nests its layers more than ${MOST_DEPTH} deep: expected a network's layers.`,
    );
  // It is rewritten in place.
  const model = modelIn(structuredClone(topology));
  if (model === null) throw new UserError(`${title} has no layer topology: ${expected}`);
  try {
    const keras3 = /"(batch_shape|registered_name|module)":|"__keras_tensor__"/.test(
      JSON.stringify(topology),
    );
    fromKeras3(model);
    checkLayers(model, keras3);
    const shapes = shapesIn(model);
    giveInputs(model, shapes.inputs);
    const { weightsManifest, userDefinedMetadata = {} } = manifest.data;
    return {
      model,
      ending: endingOf(model),
      outputShape: shapes.output,
      paths: weightsManifest.flatMap(({ paths }) => paths),
      weights: matchWeights(
        model,
        weightsManifest.flatMap(({ weights }) => weights),
      ),
      metadata: userDefinedMetadata,
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${title} cannot be loaded. ${error.message}`);
  }
}

/** Adds input shapes to nested Sequential models, which TensorFlow.js needs. */
function giveInputs(model: LayerJson, inputs: Shapes['inputs']): void {
  for (const layer of layersOf(model).filter(isModel)) {
    const [first] = layersOf(layer);
    const shape = inputs.get(layer);
    if (layer.class_name === 'Sequential' && first && shape)
      first.config['batch_input_shape'] ??= [null, ...shape];
    giveInputs(layer, inputs);
  }
}
