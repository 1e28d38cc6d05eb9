import type { Scalar, Tensor, Tensor2D, Variable } from '@tensorflow/tfjs-core';
import type * as tfjs from '@tensorflow/tfjs-core';
import type * as tfjsLayers from '@tensorflow/tfjs-layers';
import {
  ALPHA,
  LEARNING_RATE,
  TEMPERATURE,
  type LayerNetwork,
  type TransformerNetwork,
  type Workload,
} from '../workloads';
import { firstParameters, transformerLogits } from './transformer';
import { oneHot, size, type MakeTrial } from './trial';

/** TensorFlow.js as it comes. */
export type Stock = typeof tfjs & Pick<typeof tfjsLayers, 'layers' | 'sequential'>;

/** What a person writes who uses TensorFlow.js alone: a sequential model, `tf.train.adam`, `minimize`. */
export const stockTrial =
  (tf: Stock): MakeTrial =>
  (workload, batch) => {
    const { network, classes, inputShape, batchSize } = workload;
    const model =
      network.kind === 'layers' ? layered(tf, network, workload) : transformer(tf, network, classes);
    const teacher = workload.teacherNetwork && layered(tf, workload.teacherNetwork, workload);
    const optimizer = tf.train.adam(LEARNING_RATE);
    const inputs = tf.tensor(
      batch.inputs,
      [batchSize, ...inputShape],
      network.kind === 'layers' ? 'float32' : 'int32',
    );
    const labels = tf.tensor2d(oneHot(batch.labels, classes), [batchSize, classes]);
    const given =
      workload.teacher === 'given' ? tf.tensor2d(batch.teacherLogits, [batchSize, classes]) : null;
    return Promise.resolve({
      parameters: model.variables.reduce((sum, { shape }) => sum + size(shape), 0),
      remarks: [],
      step() {
        const soft = teacher ? tf.tidy(() => teacher.logits(inputs, false)) : given;
        const loss = optimizer.minimize(
          () => lossOf(tf, model.logits(inputs, true), labels, soft),
          true,
          model.variables,
        )!;
        const value = loss.dataSync()[0]!;
        loss.dispose();
        if (teacher) soft?.dispose();
        return value;
      },
    });
  };

interface Model {
  variables: Variable[];
  logits(inputs: Tensor, training: boolean): Tensor2D;
}

function layered(tf: Stock, { layers }: LayerNetwork, { inputShape }: Workload): Model {
  const model = tf.sequential();
  layers.forEach((layer, i) => model.add(layerOf(tf, i === 0 ? { ...layer, inputShape } : layer)));
  return {
    variables: model.trainableWeights.map((weight) => weight.read() as Variable),
    logits: (inputs, training) => model.apply(inputs, { training }) as Tensor2D,
  };
}

function layerOf(tf: Stock, { type, ...given }: { type: string } & Record<string, unknown>) {
  // Each asks for what it needs; the names are the same as in our own config files.
  const settings = given as never;
  if (type === 'dense') return tf.layers.dense(settings);
  if (type === 'conv2d') return tf.layers.conv2d({ kernelSize: 3, ...given } as never);
  if (type === 'maxPooling2d') return tf.layers.maxPooling2d(settings);
  if (type === 'flatten') return tf.layers.flatten(settings);
  if (type === 'dropout') return tf.layers.dropout(settings);
  throw new Error(`The bench knows no layer "${type}".`);
}

function transformer(tf: Stock, network: TransformerNetwork, classes: number): Model {
  const parameters = firstParameters(network, classes);
  const variables = new Map(
    parameters.map(({ name, shape, values }) => [name, tf.variable(tf.tensor(values, shape))]),
  );
  return {
    variables: [...variables.values()],
    logits: (ids) => transformerLogits(tf, network, (name) => variables.get(name)!, ids as Tensor2D),
  };
}

function lossOf(tf: Stock, logits: Tensor2D, labels: Tensor2D, soft: Tensor2D | null): Scalar {
  const hard = tf.losses.softmaxCrossEntropy<Tensor2D, Scalar>(labels, logits);
  if (soft === null) return hard;
  const scaled = tf.div<Tensor2D>(soft, TEMPERATURE);
  const difference = tf.sub(tf.logSoftmax(scaled), tf.logSoftmax(tf.div<Tensor2D>(logits, TEMPERATURE)));
  const divergence = tf.mean<Scalar>(tf.sum(tf.mul(tf.softmax(scaled), difference), -1));
  return tf.add(tf.mul(divergence, ALPHA * TEMPERATURE ** 2), tf.mul(hard, 1 - ALPHA));
}
