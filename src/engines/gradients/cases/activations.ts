import type { Tensor } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { TensorFlow } from '../../../methods/method';
import { draw, type Cases } from '../case';
import * as r from '../reference';

/** Unary functions: activations, and the functions of losses. */
export const activations: Cases = {};

const functions: Record<string, (x: number) => number> = {
  linear: (x) => x,
  relu: (x) => Math.max(0, x),
  relu6: (x) => Math.min(6, Math.max(0, x)),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  selu: (x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)),
  gelu: (x) => 0.5 * x * (1 + r.erf(x / Math.SQRT2)),
  sigmoid: r.sigmoid,
  tanh: Math.tanh,
  softplus: (x) => Math.log1p(Math.exp(-Math.abs(x))) + Math.max(x, 0),
  swish: (x) => x * r.sigmoid(x),
};
for (const [activation, f] of Object.entries(functions))
  activations[`activation ${activation}`] = {
    inputs: [draw([5, 7], -4, 8)],
    engine: (_, x) => layers.activation({ activation: activation as 'relu' }).apply(x) as Tensor,
    reference: (x) => r.map(x, f),
  };

const elementwise: Record<
  string,
  [(tf: TensorFlow, x: Tensor) => Tensor, (x: number) => number, number?, number?]
> = {
  exp: [(tf, x) => tf.exp(x), Math.exp],
  expm1: [(tf, x) => tf.expm1(x), Math.expm1],
  log: [(tf, x) => tf.log(x), Math.log, 0.1, 4],
  log1p: [(tf, x) => tf.log1p(x), Math.log1p, -0.5, 4],
  square: [(tf, x) => tf.square(x), (x) => x * x],
  'squaredDifference from 3': [(tf, x) => tf.squaredDifference(x, 3), (x) => (x - 3) ** 2],
  abs: [(tf, x) => tf.abs(x), Math.abs],
  'minimum with 0.7': [(tf, x) => tf.minimum(x, 0.7), (x) => Math.min(x, 0.7)],
  'division by 4': [(tf, x) => tf.div(x, 4), (x) => x / 4],
  'division of 1': [(tf, x) => tf.div(1, x), (x) => 1 / x, 0.3, 2],
  'subtraction from 6': [(tf, x) => tf.sub(6, x), (x) => 6 - x],
  rsqrt: [(tf, x) => tf.rsqrt(x), (x) => 1 / Math.sqrt(x), 0.3, 3],
  'multiplication by a weight': [(tf, x) => tf.mul(x, 0.9), (x) => 0.9 * x],
};
for (const [name, [engine, f, low, high]] of Object.entries(elementwise))
  activations[name] = {
    inputs: [draw([3, 11], low, high)],
    engine: (tf, x) => engine(tf, x),
    reference: (x) => r.map(x, f),
  };

activations['erf'] = {
  inputs: [draw([3, 11], -5, 5)],
  engine: (tf, x) => tf.erf(x),
  reference: (x) => r.map(x, r.erf),
};
activations['gelu by tanh'] = {
  inputs: [draw([5, 7], -4, 8)],
  engine: (_, x) => layers.activation({ activation: 'gelu_new' }).apply(x) as Tensor,
  reference: (x) =>
    r.map(x, (z) => 0.5 * z * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3)))),
};
activations['leakyReLU'] = {
  inputs: [draw([5, 7])],
  engine: (tf, x) => tf.leakyRelu(x, 0.1),
  reference: (x) => r.map(x, (z) => (z > 0 ? z : 0.1 * z)),
};
