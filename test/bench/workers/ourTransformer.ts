import type { Scalar, Tensor, Tensor2D, Variable } from '@tensorflow/tfjs-core';
import type { LoadedEngine } from '../../../src/engines/engine';
import type { Compile } from '../../../src/engines/graph';
import { plainUpdater } from '../../../src/trainer/steps/plainUpdater';
import { LEARNING_RATE } from '../workloads';
import { adam } from './ours';
import { countOf, firstParameters, transformerLogits } from './transformer';
import { oneHot, type MakeTrial, type Trial } from './trial';

/** A weight on the engine. */
interface Weight {
  name: string;
  shape: number[];
  trainable: true;
  variable: Variable;
}

/** Inputs and what they are differentiated by. */
interface Problem {
  ids: { values: Float32Array; shape: [number, number] };
  labels: { values: Float32Array; shape: [number, number] };
  weights: Weight[];
  differentiate: (ids: Tensor2D, labels: Tensor2D) => { loss: Tensor; gradients: Record<string, Tensor> };
}

/**
 * There are no such layers in our config files yet, so the network is written in `tf` operations; engine, graph and
 * optimizer are those of the trainer.
 */
export const ourTransformerTrial =
  (engine: LoadedEngine): MakeTrial =>
  ({ network, classes }, batch) => {
    if (network.kind !== 'transformer') throw new Error('This network is no transformer.');
    const { tf } = engine;
    const parameters = firstParameters(network, classes);
    const weights = parameters.map(({ name, shape, values }): Weight => {
      return { name, shape, trainable: true, variable: tf.variable(tf.tensor(values, shape)) };
    });
    const variables = new Map(weights.map(({ name, variable }) => [name, variable]));
    const count = batch.labels.length;
    const problem: Problem = {
      ids: { values: batch.inputs, shape: [count, network.tokens] },
      labels: { values: oneHot(batch.labels, classes), shape: [count, classes] },
      weights,
      differentiate(ids, labels) {
        const { value, grads } = tf.variableGrads(() => {
          const logits = transformerLogits(tf, network, (name) => variables.get(name)!, ids);
          return tf.neg(tf.mean<Scalar>(tf.sum(tf.mul(labels, tf.logSoftmax(logits)), -1)));
        }, [...variables.values()]);
        const gradients = weights.map(({ name, variable }) => [name, grads[variable.name]!] as const);
        return { loss: value, gradients: Object.fromEntries(gradients) };
      },
    };
    const step = engine.compile ? asGraph(engine.tf, engine.compile, problem) : eagerly(engine, problem);
    return Promise.resolve({ parameters: countOf(parameters), remarks: [], step });
  };

function asGraph(
  tf: LoadedEngine['tf'],
  compile: Compile,
  { ids, labels, weights, differentiate }: Problem,
): Trial['step'] {
  const graph = compile({
    variables: weights,
    optimizer: adam,
    slots: {},
    functions: {
      train(placeholder) {
        // Placeholders are float32.
        const tokens = tf.cast(placeholder('ids', ids.shape), 'int32') as Tensor2D;
        const { loss, gradients } = differentiate(tokens, placeholder('labels', labels.shape) as Tensor2D);
        return { outputs: { loss }, gradients };
      },
    },
  });
  const inputs = { ids: ids.values, labels: labels.values };
  let step = 0;
  return () => graph.call('train', inputs, { learningRate: LEARNING_RATE, step: ++step })['loss']![0]!;
}

function eagerly(
  { tf, updater: makeUpdater = plainUpdater(tf) }: LoadedEngine,
  { ids, labels, weights, differentiate }: Problem,
): Trial['step'] {
  const updater = makeUpdater(adam, weights, {});
  let step = 0;
  return async () => {
    const { loss, gradients } = tf.tidy(() =>
      differentiate(tf.tensor2d(ids.values, ids.shape, 'int32'), tf.tensor2d(labels.values, labels.shape)),
    );
    await updater.apply(gradients, LEARNING_RATE, ++step);
    const read = (await loss.data<'float32'>())[0]!;
    tf.dispose([loss, gradients]);
    return read;
  };
}
