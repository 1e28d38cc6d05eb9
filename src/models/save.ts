import { io } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Output } from './network';

/** What the README beside a saved model says of it. */
export interface About {
  /** E.g. "mlp-16, distilled: KD T 4 · α 0.9, seed 0". */
  title: string;
  inputShape: readonly number[];
  /** What inputs were divided by before training; null where they are taken as they are. */
  scale: number | null;
  classes: readonly string[];
  parameters: number;
  output?: Output;
}

/** Of the metadata of a model.json: what its outputs are, where that is not logits. */
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
  if (!artifacts?.weightSpecs || !artifacts.weightData) throw new Error('The model gave no weights to save.');
  const description = {
    format: 'layers-model',
    generatedBy: artifacts.generatedBy,
    convertedBy: null,
    ...(about.output === 'probabilities' && { userDefinedMetadata: { [OUTPUT]: about.output } }),
    modelTopology: artifacts.modelTopology,
    weightsManifest: [{ paths: ['weights.bin'], weights: artifacts.weightSpecs }],
  };
  return {
    'model.json': JSON.stringify(description) + '\n',
    'weights.bin': new Uint8Array(io.CompositeArrayBuffer.join(artifacts.weightData)),
    'README.md': readme(about),
  };
}

function readme({ title, inputShape, scale, classes, parameters, output }: About): string {
  const shape = inputShape.join(', ');
  const outputText =
    output === 'probabilities'
      ? `one probability a class, [batch, ${classes.length}]`
      : `one logit a class, [batch, ${classes.length}]; \`tf.softmax\` makes probabilities of them`;
  return `# ${title}

A classifier with ${parameters.toLocaleString('en')} parameters in the TensorFlow.js Layers format.

- Input: float32, [batch, ${shape}]${scale === null || scale === 1 ? '' : `, raw values divided by ${scale}`}.
- Output: ${outputText}.
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
