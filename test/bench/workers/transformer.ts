import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { stream } from '../../../src/data/random';
import type { TensorFlow } from '../../../src/methods/method';
import type { TransformerNetwork } from '../workloads';
import { size } from './trial';

/** What the transformer learns, in the order that is drawn. */
export interface Parameter {
  name: string;
  shape: number[];
  values: Float32Array;
}

/** Matrices Glorot uniform, scales 1, shifts 0. */
export function firstParameters(
  { tokens, vocabulary, width, hidden, blocks }: TransformerNetwork,
  classes: number,
): Parameter[] {
  const matrix = (name: string, rows: number, columns: number): Parameter => {
    const limit = Math.sqrt(6 / (rows + columns));
    const values = stream(0, name).fillUniform(new Float32Array(rows * columns), -limit, limit);
    return { name, shape: [rows, columns], values };
  };
  const filled = (name: string, length: number, value: number): Parameter => {
    return { name, shape: [length], values: new Float32Array(length).fill(value) };
  };
  const block = (b: number) => [
    ...['query', 'key', 'value', 'out'].map((name) => matrix(`${b}/${name}`, width, width)),
    matrix(`${b}/up`, width, hidden),
    matrix(`${b}/down`, hidden, width),
    filled(`${b}/upBias`, hidden, 0),
    filled(`${b}/downBias`, width, 0),
    ...['norm1', 'norm2'].flatMap((name) => [
      filled(`${b}/${name}/scale`, width, 1),
      filled(`${b}/${name}/shift`, width, 0),
    ]),
  ];
  return [
    matrix('tokens', vocabulary, width),
    matrix('positions', tokens, width),
    ...Array.from({ length: blocks }, (_, b) => block(b)).flat(),
    matrix('head', width, classes),
    filled('headBias', classes, 0),
  ];
}

export const countOf = (parameters: readonly Parameter[]) =>
  parameters.reduce((sum, { shape }) => sum + size(shape), 0);

/** Logits, [B, C]. @param ids int32, [B, tokens] */
export function transformerLogits(
  tf: TensorFlow,
  { tokens, width, heads, blocks }: TransformerNetwork,
  weight: (name: string) => Tensor,
  ids: Tensor2D,
): Tensor2D {
  const batch = ids.shape[0];
  const depth = width / heads;
  const matrix = (name: string) => weight(name) as Tensor2D;
  const normalize = (x: Tensor, name: string): Tensor2D => {
    const { mean, variance } = tf.moments(x, -1, true);
    const normal = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5)));
    return tf.add(tf.mul(normal, weight(`${name}/scale`)), weight(`${name}/shift`));
  };
  const gelu = (x: Tensor): Tensor2D => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
  const split = (x: Tensor2D) => tf.transpose(tf.reshape(x, [batch, tokens, heads, depth]), [0, 2, 1, 3]);
  const embedded = tf.add(tf.gather(weight('tokens'), ids), weight('positions'));
  let x: Tensor2D = tf.reshape(embedded, [batch * tokens, width]);
  for (let b = 0; b < blocks; b++) {
    const normal = normalize(x, `${b}/norm1`);
    const [query, key, value] = ['query', 'key', 'value'].map((name) =>
      split(tf.matMul(normal, matrix(`${b}/${name}`))),
    );
    const scores = tf.mul(tf.matMul(query!, key!, false, true), 1 / Math.sqrt(depth));
    const attended = tf.transpose(tf.matMul(tf.softmax(scores), value!), [0, 2, 1, 3]);
    const joined: Tensor2D = tf.reshape(attended, [batch * tokens, width]);
    x = tf.add(x, tf.matMul(joined, matrix(`${b}/out`)));
    const up = tf.add(tf.matMul(normalize(x, `${b}/norm2`), matrix(`${b}/up`)), weight(`${b}/upBias`));
    x = tf.add(x, tf.add(tf.matMul(gelu(up), matrix(`${b}/down`)), weight(`${b}/downBias`)));
  }
  const pooled = tf.mean<Tensor2D>(tf.reshape(x, [batch, tokens, width]), 1);
  return tf.add(tf.matMul(pooled, matrix('head')), weight('headBias'));
}
