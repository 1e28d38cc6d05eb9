/** Operations in float64, written for clarity: the reference for all engines. */
export interface Array64 {
  shape: number[];
  data: Float64Array;
}

export const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
export const array64 = (
  shape: number[],
  data: ArrayLike<number> = new Float64Array(size(shape)),
): Array64 => ({
  shape,
  data: Float64Array.from(data),
});

const at = (a: Array64, ...index: number[]) =>
  a.data[index.reduce((flat, i, axis) => flat * a.shape[axis]! + i, 0)]!;

/** An array, computed entry by entry. */
export function fill(shape: number[], entry: (...index: number[]) => number): Array64 {
  const out = array64(shape);
  const index = shape.map(() => 0);
  for (let flat = 0; flat < out.data.length; flat++) {
    out.data[flat] = entry(...index);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]!++;
      if (index[axis]! < shape[axis]!) break;
      index[axis] = 0;
    }
  }
  return out;
}

function sum(n: number, term: (i: number) => number): number {
  let total = 0;
  for (let i = 0; i < n; i++) total += term(i);
  return total;
}

export const map = (a: Array64, f: (x: number) => number): Array64 => ({
  shape: a.shape,
  data: a.data.map(f),
});

/** Elementwise, with b broadcast over leading axes of a. */
export const combine = (a: Array64, b: Array64, f: (x: number, y: number) => number): Array64 => ({
  shape: a.shape,
  data: a.data.map((x, i) => f(x, b.data[i % b.data.length]!)),
});

/** Elementwise, with broadcasting. */
export function broadcast(a: Array64, b: Array64, f: (x: number, y: number) => number): Array64 {
  const rank = Math.max(a.shape.length, b.shape.length);
  const whole = (shape: number[]) => [...Array<number>(rank - shape.length).fill(1), ...shape];
  const [left, right] = [
    { ...a, shape: whole(a.shape) },
    { ...b, shape: whole(b.shape) },
  ];
  const shape = left.shape.map((length, axis) => Math.max(length, right.shape[axis]!));
  const entry = (x: Array64, index: number[]) =>
    at(x, ...index.map((i, axis) => (x.shape[axis] === 1 ? 0 : i)));
  return fill(shape, (...index) => f(entry(left, index), entry(right, index)));
}

export function matMul(a: Array64, b: Array64, transposeA = false, transposeB = false): Array64 {
  const [m, k] = transposeA ? [a.shape[1]!, a.shape[0]!] : [a.shape[0]!, a.shape[1]!];
  const n = transposeB ? b.shape[0]! : b.shape[1]!;
  return fill([m, n], (i, j) =>
    sum(k, (l) => (transposeA ? at(a, l, i) : at(a, i, l)) * (transposeB ? at(b, j, l) : at(b, l, j))),
  );
}

/** One slice along the first axis. */
export function part(a: Array64, index: number): Array64 {
  const shape = a.shape.slice(1);
  return array64(shape, a.data.subarray(index * size(shape), (index + 1) * size(shape)));
}

/** Arrays of one shape, stacked along a new first axis. */
export const stack = (arrays: Array64[]): Array64 =>
  array64(
    [arrays.length, ...arrays[0]!.shape],
    arrays.flatMap(({ data }) => [...data]),
  );

/** Over some axes, kept with a size of 1 if asked. */
export function reduce(
  kind: 'sum' | 'mean',
  x: Array64,
  axes: readonly number[],
  keepDims: boolean,
): Array64 {
  const kept = x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
  const out = array64(kept);
  const count = size(x.shape) / size(kept);
  x.data.forEach((value, flat) => {
    let [to, step, rest] = [0, 1, flat];
    for (let axis = x.shape.length - 1; axis >= 0; axis--) {
      if (kept[axis] !== 1) to += step * (rest % x.shape[axis]!);
      step *= kept[axis]!;
      rest = Math.floor(rest / x.shape[axis]!);
    }
    out.data[to]! += kind === 'sum' ? value : value / count;
  });
  return { shape: keepDims ? kept : x.shape.filter((_, axis) => !axes.includes(axis)), data: out.data };
}

/** A dilated filter, [height, width, …]. */
export function dilated(filter: Array64, [rows, columns]: [number, number]): Array64 {
  const [height, width, ...channels] = filter.shape as [number, number, ...number[]];
  const shape = [(height - 1) * rows + 1, (width - 1) * columns + 1, ...channels];
  return fill(shape, (y, x, ...rest) =>
    y % rows === 0 && x % columns === 0 ? at(filter, y / rows, x / columns, ...rest) : 0,
  );
}

export type Padding = 'same' | 'valid';
type Pair = [number, number];

/** First input row or column and number of outputs along one axis: TensorFlow's rule. */
function along(
  length: number,
  window: number,
  stride: number,
  padding: Padding,
): { out: number; before: number } {
  if (padding === 'valid') return { out: Math.ceil((length - window + 1) / stride), before: 0 };
  const out = Math.ceil(length / stride);
  return { out, before: Math.floor(Math.max(0, (out - 1) * stride + window - length) / 2) };
}

/** Visits the pixels of x inside the window of each output position. */
function windows(x: Array64, window: Pair, strides: Pair, padding: Padding) {
  const [n, height, width] = x.shape as [number, number, number, number];
  const down = along(height, window[0], strides[0], padding);
  const across = along(width, window[1], strides[1], padding);
  const seen = (oy: number, ox: number, visit: (y: number, x: number, fy: number, fx: number) => void) => {
    for (let fy = 0; fy < window[0]; fy++)
      for (let fx = 0; fx < window[1]; fx++) {
        const y = oy * strides[0] + fy - down.before;
        const column = ox * strides[1] + fx - across.before;
        if (y >= 0 && y < height && column >= 0 && column < width) visit(y, column, fy, fx);
      }
  };
  return { n, outHeight: down.out, outWidth: across.out, seen };
}

export function conv2d(x: Array64, w: Array64, strides: Pair, padding: Padding): Array64 {
  const [kh, kw, channels, filters] = w.shape as [number, number, number, number];
  const { n, outHeight, outWidth, seen } = windows(x, [kh, kw], strides, padding);
  return fill([n, outHeight, outWidth, filters], (image, oy, ox, filter) => {
    let total = 0;
    seen(oy, ox, (y, column, fy, fx) => {
      total += sum(channels, (c) => at(x, image, y, column, c) * at(w, fy, fx, c, filter));
    });
    return total;
  });
}

export function depthwiseConv2d(x: Array64, w: Array64, strides: Pair, padding: Padding): Array64 {
  const [kh, kw, channels, multiplier] = w.shape as [number, number, number, number];
  const { n, outHeight, outWidth, seen } = windows(x, [kh, kw], strides, padding);
  return fill([n, outHeight, outWidth, channels * multiplier], (image, oy, ox, out) => {
    const channel = Math.floor(out / multiplier);
    let total = 0;
    seen(oy, ox, (y, column, fy, fx) => {
      total += at(x, image, y, column, channel) * at(w, fy, fx, channel, out % multiplier);
    });
    return total;
  });
}

export function pool(
  kind: 'max' | 'average',
  x: Array64,
  window: Pair,
  strides: Pair,
  padding: Padding,
): Array64 {
  const { n, outHeight, outWidth, seen } = windows(x, window, strides, padding);
  return fill([n, outHeight, outWidth, x.shape[3]!], (image, oy, ox, channel) => {
    const values: number[] = [];
    seen(oy, ox, (y, column) => values.push(at(x, image, y, column, channel)));
    return kind === 'max' ? Math.max(...values) : values.reduce((a, b) => a + b, 0) / values.length;
  });
}

/** Over all axes but the last, with batch statistics, as in training. */
export function batchNormalization(x: Array64, gamma: Array64, beta: Array64, epsilon: number): Array64 {
  const channels = gamma.data.length;
  const rows = x.data.length / channels;
  const mean = Array.from(gamma.data, (_, c) => sum(rows, (r) => x.data[r * channels + c]!) / rows);
  const variance = mean.map((m, c) => sum(rows, (r) => (x.data[r * channels + c]! - m) ** 2) / rows);
  const data = x.data.map((value, i) => {
    const c = i % channels;
    return ((value - mean[c]!) / Math.sqrt(variance[c]! + epsilon)) * gamma.data[c]! + beta.data[c]!;
  });
  return { shape: x.shape, data };
}

/** Abramowitz and Stegun 7.1.5 near 0, 7.1.14 (continued fraction) beyond. */
export function erf(x: number): number {
  const z = Math.abs(x);
  if (z > 3) {
    let fraction = 0;
    for (let k = 60; k > 0; k--) fraction = k / 2 / (z + fraction);
    return Math.sign(x) * (1 - Math.exp(-z * z) / (Math.sqrt(Math.PI) * (z + fraction)));
  }
  let term = z;
  let total = z;
  for (let k = 1; k < 80; k++) {
    term *= (-z * z) / k;
    total += term / (2 * k + 1);
  }
  return (Math.sign(x) * 2 * total) / Math.sqrt(Math.PI);
}

export const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Along the last axis. */
export function rows(a: Array64, f: (row: number[]) => number[]): Array64 {
  const width = a.shape.at(-1)!;
  const out: number[] = [];
  for (let i = 0; i < a.data.length; i += width) out.push(...f([...a.data.subarray(i, i + width)]));
  return array64([...a.shape.slice(0, -1), out.length / (a.data.length / width)], out);
}

export function logSoftmax(row: number[]): number[] {
  const largest = Math.max(...row);
  const log = largest + Math.log(row.reduce((total, z) => total + Math.exp(z - largest), 0));
  return row.map((z) => z - log);
}
