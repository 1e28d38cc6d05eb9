import type { Address } from './threads';

/** Kernels that compute one part of their result. A matrix product packs its operands into the workspace. */
export interface InParts {
  matMul(
    count: number,
    rows: number,
    columns: number,
    depth: number,
    a: Address,
    stepA: number,
    transposeA: number,
    b: Address,
    stepB: number,
    transposeB: number,
    c: Address,
    bias: Address,
    activation: number,
    workspace: Address,
    part: number,
    parts: number,
  ): void;
  conv2d(
    windows: Address,
    x: Address,
    filter: Address,
    outChannels: number,
    y: Address,
    bias: Address,
    activation: number,
    workspace: Address,
    part: number,
    parts: number,
  ): void;
  conv2dFilterGradient(
    windows: Address,
    x: Address,
    dy: Address,
    outChannels: number,
    dFilter: Address,
    workspace: Address,
    part: number,
    parts: number,
  ): void;
  conv2dInputGradient(
    back: Address,
    dy: Address,
    turned: Address,
    channels: number,
    dx: Address,
    workspace: Address,
    part: number,
    parts: number,
  ): void;
  conv2dInputGradientStrided(
    windows: Address,
    dy: Address,
    filter: Address,
    outChannels: number,
    dx: Address,
    patches: Address,
    workspace: Address,
    part: number,
    parts: number,
  ): void;
}

export const IN_PARTS = [
  'matMul',
  'conv2d',
  'conv2dFilterGradient',
  'conv2dInputGradient',
  'conv2dInputGradientStrided',
] as const satisfies (keyof InParts)[];

/** A call without the arguments that differ from part to part. */
export type Arguments<Kernel extends keyof InParts> =
  Parameters<InParts[Kernel]> extends [...infer Rest extends number[], Address, number, number]
    ? Rest
    : never;

/** The exports of the C files in module/, documented there. */
export interface Exports extends InParts {
  workspaceSize(): number;
  multiplyAdd(a: number, b: number, c: number): number;
  turnFilter(windows: Address, filter: Address, outChannels: number, turned: Address): void;
  depthwiseInputGradient(
    windows: Address,
    multiplier: number,
    dy: Address,
    filter: Address,
    dx: Address,
  ): void;
  depthwiseFilterGradient(
    windows: Address,
    multiplier: number,
    x: Address,
    dy: Address,
    dFilter: Address,
    part: Address,
  ): void;
  maxPool(windows: Address, x: Address, y: Address): void;
  maxPoolGradient(windows: Address, x: Address, y: Address, dy: Address, dx: Address): void;
  averagePoolGradient(windows: Address, dy: Address, dx: Address): void;
  relu(count: number, from: Address, to: Address): void;
  relu6(count: number, from: Address, to: Address): void;
  exponential(count: number, from: Address, to: Address): void;
  errorFunction(count: number, from: Address, to: Address): void;
  hyperbolicTangent(count: number, from: Address, to: Address): void;
  reluGradient(count: number, x: Address, dy: Address, dx: Address): void;
  sums(outer: number, length: number, inner: number, x: Address, divisor: number, out: Address): void;
  segmentSum(rows: number, width: number, segments: number, x: Address, ids: Address, out: Address): void;
  batchNorm(
    rows: number,
    channels: number,
    x: Address,
    mean: Address,
    variance: Address,
    offset: Address,
    scale: Address,
    epsilon: number,
    y: Address,
    factors: Address,
  ): void;
  batchNormGradient(
    rows: number,
    channels: number,
    x: Address,
    dy: Address,
    mean: Address,
    variance: Address,
    scale: Address,
    epsilon: number,
    dx: Address,
    dMean: Address,
    dVariance: Address,
    dOffset: Address,
    dScale: Address,
    factors: Address,
  ): void;
  sgd(
    count: number,
    weights: Address,
    gradient: Address,
    velocity: Address,
    rate: number,
    momentum: number,
    nesterov: number,
    decay: number,
  ): void;
  adam(
    count: number,
    weights: Address,
    gradient: Address,
    mean: Address,
    variance: Address,
    beta1: number,
    rest1: number,
    beta2: number,
    rest2: number,
    rate: number,
    unbias: number,
    epsilon: number,
    penalty: number,
    kept: number,
  ): void;
}
