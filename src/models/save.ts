import { io } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Preprocessor } from '../data/preprocessor';
import { withNormalization } from './normalizationLayer';

/** What the README beside a saved model says of it. */
export interface About {
  /** E.g. "mlp-16, distilled: KD T 4 · α 0.9, seed 0". */
  title: string;
  inputShape: readonly number[];
  /** What examples went through in training: a layer in front of the saved model normalizes them. Null: nothing. */
  preprocessor: Pick<Preprocessor, 'resize' | 'normalization'> | null;
  /** What inputs were divided by before training. */
  scale: number;
  classes: readonly string[];
  parameters: number;
}

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
  if (!artifacts?.weightSpecs || !artifacts.weightData) throw new Error('The model gave no weights to save.');
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
    modelTopology: saved.modelTopology,
    weightsManifest: [{ paths: ['weights.bin'], weights: saved.weightSpecs }],
  };
  return {
    'model.json': JSON.stringify(description) + '\n',
    'weights.bin': new Uint8Array(saved.weightData),
    'README.md': readme(about),
  };
}

function readme({ title, inputShape, preprocessor, scale, classes, parameters }: About): string {
  const shape = inputShape.join(', ');
  const { resize, normalization } = preprocessor ?? {};
  const steps = [
    ...(scale === 1 ? [] : [`raw values divided by ${scale}`]),
    ...(resize ? [`resized from [${resize.from.join(', ')}] (bilinear, half-pixel centres)`] : []),
    ...(resize && resize.from[2] !== resize.to[2] ? ['the one channel repeated'] : []),
  ];
  const normalized = normalization
    ? '\n- The first layer, normalize_inputs, takes off the mean and divides by the standard deviation: do not do so before.'
    : '';
  return `# ${title}

A classifier with ${parameters.toLocaleString('en')} parameters in the TensorFlow.js Layers format.

- Input: ${['float32', `[batch, ${shape}]`, ...steps].join(', ')}.${normalized}
- Output: one logit a class, [batch, ${classes.length}]; \`tf.softmax\` makes probabilities of them.
- Classes, in order: ${classes.join(', ')}.

In a page, where the folder is served as files:

\`\`\`js
import * as tf from '@tensorflow/tfjs';

const model = await tf.loadLayersModel('model/model.json');
const logits = model.predict(tf.zeros([1, ${shape}]));
const predicted = tf.argMax(logits, 1);
\`\`\`

In Node, with @tensorflow/tfjs-node, the address is \`file://…/model/model.json\`.
`;
}
