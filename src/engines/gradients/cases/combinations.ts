import { draw, type Cases } from '../case';
import * as r from '../reference';

/** Sums, products, reductions, reshapes. */
export const combinations: Cases = {};

const add = (x: number, y: number) => x + y;
for (const shape of [
  [4, 6],
  [2, 3, 3, 6],
])
  combinations[`bias added to ${shape.join('×')}`] = {
    inputs: [draw(shape), draw([6])],
    engine: (tf, x, b) => tf.add(x, b),
    reference: (x, b) => r.combine(x, b, add),
  };
combinations['residual sum'] = {
  inputs: [draw([2, 3, 3, 4]), draw([2, 3, 3, 4])],
  engine: (tf, x, y) => tf.add(x, y),
  reference: (x, y) => r.combine(x, y, add),
};
combinations['product with a mask'] = {
  inputs: [draw([4, 6]), draw([4, 6])],
  engine: (tf, x, y) => tf.mul(x, y),
  reference: (x, y) => r.combine(x, y, (p, q) => p * q),
};
combinations['flatten'] = {
  inputs: [draw([2, 3, 2, 2])],
  engine: (tf, x) => tf.reshape(x, [2, 12]),
  reference: (x) => ({ shape: [2, 12], data: x.data }),
};
combinations['mean over all'] = {
  inputs: [draw([9])],
  engine: (tf, x) => tf.mean(x),
  reference: (x) => r.array64([], [x.data.reduce(add, 0) / 9]),
};
combinations['sum of rows'] = {
  inputs: [draw([4, 7])],
  engine: (tf, x) => tf.sum(x, 1, true),
  reference: (x) => r.rows(x, (row) => [row.reduce(add, 0)]),
};
combinations['largest of rows'] = {
  inputs: [draw([4, 7])],
  engine: (tf, x) => tf.max(x, 1, true),
  reference: (x) => r.rows(x, (row) => [Math.max(...row)]),
};
combinations['mean of rows taken off'] = {
  inputs: [draw([4, 7])],
  engine: (tf, x) => tf.sub(x, tf.mean(x, 1, true)),
  reference: (x) => r.rows(x, (row) => row.map((z) => z - row.reduce(add, 0) / 7)),
};

const picked = [3, 0, 3, 1];
combinations['gather'] = {
  inputs: [draw([5, 3])],
  engine: (tf, x) => tf.gather(x, tf.tensor1d(picked, 'int32')),
  reference: (x) => r.fill([4, 3], (i, j) => x.data[picked[i]! * 3 + j]!),
};

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
    combinations[`${name} of ${shape.join('×')} over [${axes.join(', ')}]${keepDims ? ', kept' : ''}`] = {
      inputs: [draw([...shape], 0.5, 1)],
      engine: (tf, x) => tf[name](x, [...axes], keepDims),
      reference: (x) => r.reduce(name, x, axes, keepDims),
    };

combinations['gather of rows of nine, some twice'] = {
  inputs: [draw([5, 9])],
  engine: (tf, x) => tf.gather(x, tf.tensor1d(picked, 'int32')),
  reference: (x) => r.fill([4, 9], (i, j) => x.data[picked[i]! * 9 + j]!),
};
combinations['zero padding'] = {
  inputs: [draw([2, 3, 2, 3])],
  engine: (tf, x) =>
    tf.pad(x, [
      [0, 0],
      [1, 2],
      [0, 1],
      [0, 0],
    ]),
  reference: (x) =>
    r.fill([2, 6, 3, 3], (n, i, j, c) =>
      i >= 1 && i < 4 && j < 2 ? x.data[((n * 3 + i - 1) * 2 + j) * 3 + c]! : 0,
    ),
};
combinations['concatenation of channels'] = {
  inputs: [draw([4, 3]), draw([4, 1])],
  engine: (tf, x, y) => tf.concat([x, y], 1),
  reference: (x, y) => r.fill([4, 4], (i, j) => (j < 3 ? x.data[i * 3 + j]! : y.data[i]!)),
};
combinations['largest of images'] = {
  inputs: [draw([2, 3, 2, 4])],
  engine: (tf, x) => tf.max(x, [1, 2]),
  reference: (x) =>
    r.fill([2, 4], (n, c) => Math.max(...[0, 1, 2, 3, 4, 5].map((i) => x.data[(n * 6 + i) * 4 + c]!))),
};
for (const [a, b] of [
  [
    [2, 1, 3],
    [1, 4, 3],
  ],
  [[5, 1], [4]],
  [[1], [3, 2]],
] as const)
  for (const [name, f] of [
    ['sum', (x: number, y: number) => x + y],
    ['product', (x: number, y: number) => x * y],
    ['difference', (x: number, y: number) => x - y],
  ] as const)
    combinations[`${name} of ${a.join('×')} and ${b.join('×')}, both broadcast`] = {
      inputs: [draw(a), draw(b)],
      engine: (tf, x, y) =>
        name === 'sum' ? tf.add(x, y) : name === 'product' ? tf.mul(x, y) : tf.sub(x, y),
      reference: (x, y) => r.broadcast(x, y, f),
    };
combinations['sum of nothing'] = {
  inputs: [draw([0, 3])],
  engine: (tf, x) => tf.sum(x, 0),
  reference: () => r.array64([3]),
};
