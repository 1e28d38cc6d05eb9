import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import { stream } from '../../../src/data/random';
import type { TensorFlow } from '../../../src/methods/method';
import { presentVariants } from './present';
import * as r from './reference';
import type { Array64, Padding } from './reference';

/** An operation on an engine, and the same in float64. */
interface Case {
  inputs: Array64[];
  engine: (tf: TensorFlow, ...x: Tensor[]) => Tensor;
  reference: (...x: Array64[]) => Array64;
}

let drawn = 0;
/** Seeded numbers on [low, high), never within 0.02 of a kink at 0 or 6. */
function draw(shape: number[], low = -2, high = 2): Array64 {
  const values = stream(++drawn, 'gradients').fillUniform(new Float32Array(r.size(shape)), low, high);
  return r.array64(
    shape,
    values.map((x) => (Math.abs(x) < 0.02 || Math.abs(x - 6) < 0.02 ? Math.fround(x + 0.05) : x)),
  );
}

const cases: Record<string, Case> = {};

for (const [a, b, transposeA, transposeB] of [
  [[7, 5], [5, 3], false, false],
  [[5, 7], [5, 3], true, false],
  [[7, 5], [3, 5], false, true],
  [[5, 7], [3, 5], true, true],
  [[1, 9], [9, 4], false, false],
  [[9, 33], [33, 17], false, false],
] as const)
  cases[`matMul ${a.join('×')} ${b.join('×')} ${transposeA ? 'T' : ''}${transposeB ? 'T' : ''}`] = {
    inputs: [draw([...a]), draw([...b])],
    engine: (tf, x, y) => tf.matMul(x, y, transposeA, transposeB),
    reference: (x, y) => r.matMul(x, y, transposeA, transposeB),
  };

for (const count of [1, 5])
  cases[`dense layer, fused with its bias, batch ${count}`] = {
    inputs: [draw([count, 6]), draw([6, 3]), draw([3])],
    engine: (tf, a, b, bias) => tf.fused.matMul({ a: a, b: b, bias: bias }),
    reference: (a, b, bias) => r.combine(r.matMul(a, b), bias, (x, y) => x + y),
  };

const convolutions: [number[], number[], [number, number], Padding][] = [
  [[2, 7, 5, 3], [3, 3, 3, 4], [1, 1], 'same'],
  [[2, 7, 5, 3], [3, 3, 3, 4], [1, 1], 'valid'],
  [[1, 7, 8, 2], [3, 3, 2, 3], [2, 2], 'same'],
  [[1, 8, 7, 2], [3, 3, 2, 3], [2, 2], 'valid'],
  [[3, 9, 6, 1], [2, 3, 1, 2], [2, 1], 'same'],
  [[2, 6, 6, 1], [5, 2, 1, 2], [1, 3], 'same'],
  [[2, 6, 6, 2], [2, 2, 2, 2], [3, 3], 'same'],
  [[2, 5, 5, 4], [1, 1, 4, 3], [1, 1], 'same'],
  [[2, 5, 5, 4], [1, 1, 4, 3], [2, 2], 'same'],
];
for (const [x, w, strides, padding] of convolutions) {
  const name = `${x.join('×')} ${w.join('×')} strides ${strides.join('×')} ${padding}`;
  cases[`conv2d ${name}`] = {
    inputs: [draw(x), draw(w)],
    engine: (tf, a, b) => tf.conv2d(a as Tensor4D, b as Tensor4D, strides, padding),
    reference: (a, b) => r.conv2d(a, b, strides, padding),
  };
  cases[`conv2d, fused with its bias, ${name}`] = {
    inputs: [draw(x), draw(w), draw([w[3]!])],
    engine: (tf, a, b, bias) =>
      tf.fused.conv2d({ x: a as Tensor4D, filter: b as Tensor4D, strides, pad: padding, bias: bias }),
    reference: (a, b, bias) => r.combine(r.conv2d(a, b, strides, padding), bias, (p, q) => p + q),
  };
}

const depthwise: [number[], number[], [number, number], Padding][] = [
  [[2, 7, 5, 3], [3, 3, 3, 1], [1, 1], 'same'],
  [[1, 7, 6, 2], [3, 3, 2, 2], [1, 1], 'valid'],
  [[2, 8, 7, 3], [3, 3, 3, 2], [2, 2], 'same'],
  [[2, 8, 7, 1], [2, 4, 1, 3], [2, 2], 'valid'],
  [[1, 6, 9, 2], [2, 2, 2, 1], [3, 3], 'same'],
];
for (const [x, w, strides, padding] of depthwise)
  cases[`depthwiseConv2d ${x.join('×')} ${w.join('×')} strides ${strides.join('×')} ${padding}`] = {
    inputs: [draw(x), draw(w)],
    engine: (tf, a, b) => tf.depthwiseConv2d(a as Tensor4D, b as Tensor4D, strides, padding),
    reference: (a, b) => r.depthwiseConv2d(a, b, strides, padding),
  };

const pools: [number[], [number, number], [number, number], Padding][] = [
  [[2, 6, 6, 3], [2, 2], [2, 2], 'valid'],
  [[2, 7, 5, 3], [2, 2], [2, 2], 'same'],
  [[1, 7, 7, 2], [3, 3], [1, 1], 'same'],
  [[1, 7, 8, 2], [3, 2], [2, 3], 'valid'],
  [[1, 6, 9, 2], [3, 2], [1, 3], 'same'],
  [[1, 6, 9, 2], [2, 2], [3, 3], 'same'],
];
for (const [x, window, strides, padding] of pools) {
  const name = `${x.join('×')} window ${window.join('×')} strides ${strides.join('×')} ${padding}`;
  for (const [sign, low, high] of [
    ['', -2, 2],
    [', all negative', -3, -1],
  ] as const)
    cases[`maxPool ${name}${sign}`] = {
      inputs: [draw(x, low, high)],
      engine: (tf, a) => tf.maxPool(a as Tensor4D, window, strides, padding),
      reference: (a) => r.pool('max', a, window, strides, padding),
    };
  cases[`avgPool ${name}`] = {
    inputs: [draw(x)],
    engine: (tf, a) => tf.avgPool(a as Tensor4D, window, strides, padding),
    reference: (a) => r.pool('average', a, window, strides, padding),
  };
}
cases['globalAveragePooling2d'] = {
  inputs: [draw([2, 5, 3, 4])],
  engine: (tf, x) => tf.mean(x, [1, 2]),
  reference: (x) =>
    r.fill([2, 4], (n, c) => {
      let total = 0;
      for (let i = 0; i < 15; i++) total += x.data[(n * 15 + i) * 4 + c]!;
      return total / 15;
    }),
};

for (const shape of [
  [6, 5],
  [3, 4, 5, 2],
  [1, 3, 3, 2],
]) {
  const channels = [shape.at(-1)!];
  cases[`batchNormalization in training, ${shape.join('×')}`] = {
    inputs: [draw(shape), draw(channels), draw(channels)],
    // As tfjs-layers does it in training.
    engine: (tf, x, gamma, beta) => {
      const axes = [...Array(shape.length - 1).keys()];
      const { mean, variance } = tf.moments(x, axes);
      return tf.batchNorm(x, mean, variance, beta, gamma, 1e-3);
    },
    reference: (x, gamma, beta) => r.batchNormalization(x, gamma, beta, 1e-3),
  };
}

const activations: Record<string, (x: number) => number> = {
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
for (const [activation, f] of Object.entries(activations))
  cases[`activation ${activation}`] = {
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
  cases[name] = {
    inputs: [draw([3, 11], low, high)],
    engine: (tf, x) => engine(tf, x),
    reference: (x) => r.map(x, f),
  };

const add = (x: number, y: number) => x + y;
for (const shape of [
  [4, 6],
  [2, 3, 3, 6],
])
  cases[`bias added to ${shape.join('×')}`] = {
    inputs: [draw(shape), draw([6])],
    engine: (tf, x, b) => tf.add(x, b),
    reference: (x, b) => r.combine(x, b, add),
  };
cases['residual sum'] = {
  inputs: [draw([2, 3, 3, 4]), draw([2, 3, 3, 4])],
  engine: (tf, x, y) => tf.add(x, y),
  reference: (x, y) => r.combine(x, y, add),
};
cases['product with a mask'] = {
  inputs: [draw([4, 6]), draw([4, 6])],
  engine: (tf, x, y) => tf.mul(x, y),
  reference: (x, y) => r.combine(x, y, (p, q) => p * q),
};
cases['flatten'] = {
  inputs: [draw([2, 3, 2, 2])],
  engine: (tf, x) => tf.reshape(x, [2, 12]),
  reference: (x) => ({ shape: [2, 12], data: x.data }),
};
cases['mean over all'] = {
  inputs: [draw([9])],
  engine: (tf, x) => tf.mean(x),
  reference: (x) => r.array64([], [x.data.reduce(add, 0) / 9]),
};
cases['sum of rows'] = {
  inputs: [draw([4, 7])],
  engine: (tf, x) => tf.sum(x, 1, true),
  reference: (x) => r.rows(x, (row) => [row.reduce(add, 0)]),
};
cases['largest of rows'] = {
  inputs: [draw([4, 7])],
  engine: (tf, x) => tf.max(x, 1, true),
  reference: (x) => r.rows(x, (row) => [Math.max(...row)]),
};
cases['mean of rows taken off'] = {
  inputs: [draw([4, 7])],
  engine: (tf, x) => tf.sub(x, tf.mean(x, 1, true)),
  reference: (x) => r.rows(x, (row) => row.map((z) => z - row.reduce(add, 0) / 7)),
};
cases['softmax'] = {
  inputs: [draw([4, 7], -6, 6)],
  engine: (tf, x) => tf.softmax(x as Tensor2D),
  reference: (x) => r.rows(x, (row) => r.logSoftmax(row).map(Math.exp)),
};
cases['logSoftmax'] = {
  inputs: [draw([4, 7], -6, 6)],
  engine: (tf, x) => tf.logSoftmax(x as Tensor2D),
  reference: (x) => r.rows(x, r.logSoftmax),
};
const picked = [3, 0, 3, 1];
cases['gather'] = {
  inputs: [draw([5, 3])],
  engine: (tf, x) => tf.gather(x, tf.tensor1d(picked, 'int32')),
  reference: (x) => r.fill([4, 3], (i, j) => x.data[picked[i]! * 3 + j]!),
};

// Sizes at and beside those of registers, tiles and blocks.
for (const [transposeA, transposeB] of [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const) {
  const name = `${transposeA ? 'T' : ''}${transposeB ? 'T' : ''}`;
  cases[`matMul of three at once 2×5×7 2×7×3 ${name}`] = {
    inputs: [draw(transposeA ? [2, 7, 5] : [2, 5, 7]), draw(transposeB ? [2, 3, 7] : [2, 7, 3])],
    engine: (tf, x, y) => tf.matMul(x, y, transposeA, transposeB),
    reference: (x, y) =>
      r.stack([0, 1].map((i) => r.matMul(r.part(x, i), r.part(y, i), transposeA, transposeB))),
  };
  cases[`matMul 2×3 deeper than a block ${name}`] = {
    inputs: [draw(transposeA ? [260, 2] : [2, 260]), draw(transposeB ? [3, 260] : [260, 3])],
    engine: (tf, x, y) => tf.matMul(x, y, transposeA, transposeB),
    reference: (x, y) => r.matMul(x, y, transposeA, transposeB),
  };
}
for (const [x, w, strides, padding] of [
  [[1, 3, 4, 4], [3, 3, 4, 12], [1, 1], 'same'],
  [[2, 3, 4, 4], [2, 3, 4, 9], [1, 1], 'valid'],
  [[1, 6, 4, 5], [3, 2, 5, 8], [2, 1], 'same'],
  [[1, 1, 1, 3], [1, 1, 3, 1], [1, 1], 'valid'],
] as const)
  cases[`conv2d ${x.join('×')} ${w.join('×')} strides ${strides.join('×')} ${padding}`] = {
    inputs: [draw([...x]), draw([...w])],
    engine: (tf, a, b) => tf.conv2d(a as Tensor4D, b as Tensor4D, [...strides], padding),
    reference: (a, b) => r.conv2d(a, b, [...strides], padding),
  };
cases['depthwiseConv2d of nine channels'] = {
  inputs: [draw([2, 5, 4, 9]), draw([3, 3, 9, 1])],
  engine: (tf, a, b) => tf.depthwiseConv2d(a as Tensor4D, b as Tensor4D, 1, 'same'),
  reference: (a, b) => r.depthwiseConv2d(a, b, [1, 1], 'same'),
};
for (const channels of [4, 9, 21]) {
  const shape = [2, 5, 4, channels];
  cases[`maxPool of ${channels} channels`] = {
    inputs: [draw(shape)],
    engine: (tf, x) => tf.maxPool(x as Tensor4D, 3, 2, 'same'),
    reference: (x) => r.pool('max', x, [3, 3], [2, 2], 'same'),
  };
  cases[`avgPool of ${channels} channels`] = {
    inputs: [draw(shape)],
    engine: (tf, x) => tf.avgPool(x as Tensor4D, 3, 2, 'same'),
    reference: (x) => r.pool('average', x, [3, 3], [2, 2], 'same'),
  };
  cases[`batchNormalization in training of ${channels} channels`] = {
    inputs: [draw(shape), draw([channels]), draw([channels])],
    engine: (tf, x, gamma, beta) => {
      const { mean, variance } = tf.moments(x, [0, 1, 2]);
      return tf.batchNorm(x, mean, variance, beta, gamma, 1e-3);
    },
    reference: (x, gamma, beta) => r.batchNormalization(x, gamma, beta, 1e-3),
  };
}
for (const [shape, axes] of [
  [[4, 5], []],
  [[4, 5], [0]],
  [[4, 5], [1]],
  [[1, 5], [0]],
  [[5, 1], [1]],
  [
    [3, 4, 18],
    [0, 1],
  ],
  [[3, 4, 5], [1]],
  [
    [3, 4, 5],
    [0, 2],
  ],
  [
    [3, 1, 5],
    [0, 2],
  ],
  [
    [2, 3, 2, 5],
    [1, 2],
  ],
  [[300, 3], [0]],
  [[1, 1100], [1]],
] as const)
  for (const [name, keepDims] of [
    ['sum', false],
    ['sum', true],
    ['mean', false],
  ] as const)
    cases[`${name} of ${shape.join('×')} over [${axes.join(', ')}]${keepDims ? ', kept' : ''}`] = {
      inputs: [draw([...shape], 0.5, 1)],
      engine: (tf, x) => tf[name](x, [...axes], keepDims),
      reference: (x) => r.reduce(name, x, axes, keepDims),
    };
cases['erf'] = {
  inputs: [draw([3, 11], -5, 5)],
  engine: (tf, x) => tf.erf(x),
  reference: (x) => r.map(x, r.erf),
};
cases['gather of rows of nine, some twice'] = {
  inputs: [draw([5, 9])],
  engine: (tf, x) => tf.gather(x, tf.tensor1d(picked, 'int32')),
  reference: (x) => r.fill([4, 9], (i, j) => x.data[picked[i]! * 9 + j]!),
};

/** Central differences of Σ weights · f(inputs), in float64: right to about 1e-9. */
function gradientsByDifferences({ inputs, reference }: Case, weights: Float64Array): Float64Array[] {
  const h = 1e-5;
  const value = () => reference(...inputs).data.reduce((sum, y, i) => sum + weights[i]! * y, 0);
  return inputs.map(({ data }) =>
    data.map((x, i) => {
      data[i] = x + h;
      const above = value();
      data[i] = x - h;
      const below = value();
      data[i] = x;
      return (above - below) / (2 * h);
    }),
  );
}

/** ‖a − b‖ / ‖b‖, or ‖a − b‖ where b nearly vanishes. */
function relative(a: ArrayLike<number>, b: Float64Array): number {
  const difference = Math.sqrt(b.reduce((sum, y, i) => sum + (a[i]! - y) ** 2, 0));
  const norm = Math.sqrt(b.reduce((sum, y) => sum + y * y, 0));
  return difference / Math.max(norm, 1e-3);
}

describe.each(await presentVariants())('$title agrees with float64', ({ load }) => {
  let tf: TensorFlow;
  beforeAll(async () => {
    ({ tf } = await load());
  });

  test.each(Object.entries(cases))('%s', (_, one) => {
    const expected = one.reference(...one.inputs);
    const weights = draw(expected.shape).data;
    const tensors = one.inputs.map(({ shape, data }) => tf.tensor(Float32Array.from(data), shape));
    const y = tf.tidy(() => one.engine(tf, ...tensors));
    expect(y.shape).toEqual(expected.shape);
    expect(relative(y.dataSync(), expected.data)).toBeLessThan(1e-5);

    const loss = (...x: Tensor[]) =>
      tf.sum(tf.mul(one.engine(tf, ...x), tf.tensor(Float32Array.from(weights), expected.shape)));
    const gradients = tf.grads(loss)(tensors);
    const wanted = gradientsByDifferences(one, weights);
    gradients.forEach((gradient, i) => {
      expect(gradient.shape).toEqual(one.inputs[i]!.shape);
      expect(relative(gradient.dataSync(), wanted[i]!)).toBeLessThan(1e-5);
    });
  });

  test('the gradient of max pooling goes to the first of equals', () => {
    const x = tf.tensor4d([2, 2, 2, 2], [1, 2, 2, 1]);
    const gradient = tf.grad((a) => tf.maxPool(a as Tensor4D, 2, 2, 'valid'))(x);
    expect([...gradient.dataSync()]).toEqual([1, 0, 0, 0]);
  });
});
