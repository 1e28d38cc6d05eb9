import { io } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Preprocessor } from '../data/preprocessor';
import type { Output } from './network';
import { withNormalization } from './normalizationLayer';

/** What the README of a saved model says about it. */
export interface About {
  /** E.g. "mlp-16, distilled: KD T 4 · α 0.9, seed 0". */
  title: string;
  inputShape: readonly number[];
  /** Preprocessing in training, null if none; normalization becomes the first layer of the saved model. */
  preprocessor: Pick<Preprocessor, 'resize' | 'normalization'> | null;
  /** Divisor of the raw values. */
  scale: number;
  /** For a table, the column of each input, with its category if it has one. */
  columns?: readonly string[] | undefined;
  classes: readonly string[];
  parameters: number;
  output?: Output;
}

/** Key in the metadata of a model.json for what the model outputs, if not logits. */
const OUTPUT = 'output';
export const outputIn = (metadata: Record<string, unknown>): Output =>
  metadata[OUTPUT] === 'probabilities' ? 'probabilities' : 'logits';

/**
 * The files of a model folder, by name: model.json and weights.bin in the TensorFlow.js Layers format, which stock
 * `tf.loadLayersModel` reads, and a README.
 */
export async function modelFiles(
  model: LayersModel,
  about: About,
): Promise<Record<string, string | Uint8Array>> {
  let artifacts: io.ModelArtifacts | undefined;
  await model.save(
    io.withSaveHandler((saved) => {
      artifacts = saved;
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
    }),
  );
  if (!artifacts?.weightSpecs || !artifacts.weightData) throw new Error('The model has no weights to save.');
  const { modelTopology, weightSpecs } = artifacts;
  const plain = {
    modelTopology: modelTopology!,
    weightSpecs,
    weightData: io.CompositeArrayBuffer.join(artifacts.weightData),
  };
  const normalization = about.preprocessor?.normalization;
  const saved = normalization ? withNormalization(plain, about.inputShape, normalization) : plain;
  const description = {
    format: 'layers-model',
    generatedBy: artifacts.generatedBy,
    convertedBy: null,
    ...(about.output === 'probabilities' && { userDefinedMetadata: { [OUTPUT]: about.output } }),
    modelTopology: saved.modelTopology,
    weightsManifest: [{ paths: ['weights.bin'], weights: saved.weightSpecs }],
  };
  return {
    'model.json': JSON.stringify(description) + '\n',
    'weights.bin': new Uint8Array(saved.weightData),
    'README.md': readme(about),
  };
}

function readme(about: About): string {
  const { title, inputShape, preprocessor, scale, columns, classes, parameters, output } = about;
  const shape = inputShape.join(', ');
  const { resize, normalization } = preprocessor ?? {};
  const steps = [
    ...(scale === 1 ? [] : [`raw values divided by ${scale}`]),
    ...(resize ? [`resized from [${resize.from.join(', ')}] (bilinear, half-pixel centres)`] : []),
    ...(resize && resize.from[2] !== resize.to[2] ? ['the one channel repeated'] : []),
  ];
  const normalized = normalization
    ? '\n- The first layer, normalize_inputs, subtracts the mean and divides by the standard deviation: pass raw values.'
    : '';
  const columnsText = columns
    ? `\n- Inputs, in order: ${columns.join(', ')}. The input of a category is 1 for its value, else 0.`
    : '';
  const outputText =
    output === 'probabilities'
      ? `one probability per class, [batch, ${classes.length}]`
      : `one logit per class, [batch, ${classes.length}]; \`tf.softmax\` turns them into probabilities`;
  return `# ${title}

A classifier with ${parameters.toLocaleString('en')} parameters in the TensorFlow.js Layers format.

- Input: ${['float32', `[batch, ${shape}]`, ...steps].join(', ')}.${columnsText}${normalized}
- Output: ${outputText}.
- Classes, in order: ${classes.join(', ')}.

In a page that is served from this folder:

\`\`\`js
import * as tf from '@tensorflow/tfjs';

const model = await tf.loadLayersModel('model.json');
const logits = model.predict(tf.zeros([1, ${shape}]));
const predicted = tf.argMax(logits, 1);
\`\`\`

In Node, with @tensorflow/tfjs-node, the address is \`file://\` and the full path of model.json.
`;
}
