import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { UserError } from './errors';
import { isFile } from './files';
import { MOST_MANIFEST, readAtMostSync } from './wholeFile';

const manifestSchema = z.object({
  format: z.string().optional(),
  modelTopology: z.unknown(),
  weightsManifest: z.array(
    z.object({ paths: z.array(z.string()), weights: z.array(z.object({ shape: z.array(z.number()) })) }),
  ),
});

/** What a saved model says of itself, without loading it. */
export interface SavedModel {
  parameters: number;
  /** Without the batch; null where the model does not say. */
  inputShape: number[] | null;
  /** Outputs of the last layer: the length of the last weight, its bias. */
  outputs: number | null;
}

/**
 * Reads the model.json of a saved TensorFlow.js Layers model, and sees that its weight files are there.
 *
 * @throws UserError with a sentence that names the file and what is missing
 */
export function describeSavedModel(path: string): SavedModel {
  const manifest = readManifest(path);
  const missing = manifest.weightsManifest
    .flatMap((group) => group.paths)
    .find((file) => !isFile(join(dirname(path), file)));
  if (missing !== undefined)
    throw new UserError(
      `${basename(path)} names the weights file ${missing}, which is not beside it: copy it there.`,
    );
  const shapes = manifest.weightsManifest.flatMap((group) => group.weights.map((weight) => weight.shape));
  return {
    parameters: shapes.reduce((sum, shape) => sum + shape.reduce((product, size) => product * size, 1), 0),
    inputShape: inputShapeIn(manifest.modelTopology),
    outputs: shapes.at(-1)?.at(-1) ?? null,
  };
}

function readManifest(path: string): z.output<typeof manifestSchema> {
  let json: unknown;
  try {
    json = JSON.parse(readAtMostSync(path, MOST_MANIFEST).toString());
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `${basename(path)} cannot be read as JSON: expected the model.json of a TensorFlow.js model.`,
    );
  }
  if ((json as { format?: unknown } | null)?.format === 'graph-model')
    throw new UserError(
      `${basename(path)} is a graph model: expected a TensorFlow.js Layers model, whose layers can be trained and tapped.`,
    );
  const manifest = manifestSchema.safeParse(json);
  if (manifest.success) return manifest.data;
  throw new UserError(
    `${basename(path)} lists no weights: expected the model.json of a TensorFlow.js Layers model.`,
  );
}

/** The first "batch_input_shape" (or "batchInputShape") in the topology, without its batch. */
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
