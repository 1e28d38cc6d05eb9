import type { GradSaveFunc, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { TensorFlow } from './method';

/** Below this |x|, e^x − 1 − x is taken from its Padé approximant; both forms are then right to about 2e-6. */
const SMALL = 0.08;
/** Above this x, p·e^x may leave the range of float32. */
const LARGE = 60;

/**
 * scale · KL(softmax(teacher/T) ‖ softmax(student/T)) of each example, [B], in nats.
 *
 * Accurate in float32 even where the two nearly agree: there Σ p·(log p − log q) is a difference of large numbers, while
 * with x = (student − teacher)/T, shifted so that Σ p·x = 0, KL = log(1 + Σ p·(e^x − 1 − x)) has only positive terms.
 * The gradient is scale/T · (q − p).
 *
 * @param teacher logits, [B, C]; constant
 * @param student logits, [B, C]; differentiated
 */
export function softenedDivergence(
  tf: TensorFlow,
  teacher: Tensor2D,
  student: Tensor2D,
  temperature: number,
  scale: number,
): Tensor1D {
  return withGradient(tf, student, (logits) => {
    const inverse = tf.scalar(1 / temperature);
    const a = tf.mul(teacher, inverse);
    const b = tf.mul(logits, inverse);
    const p = tf.softmax(a);
    const q = tf.softmax(b);
    const difference = tf.mul(tf.sub(logits, teacher), inverse);
    const mean = rowSum(tf, tf.mul(p, difference));
    const x = tf.sub(difference, mean);
    const near = logOnePlus(tf, rowSum(tf, tf.mul(p, expExcess(tf, tf.minimum(x, LARGE)))));
    const far = tf.sub(tf.sub(logSumExp(tf, b, q), logSumExp(tf, a, p)), mean);
    const isFar = tf.step(tf.sub(rowMax(tf, x), LARGE));
    return {
      loss: tf.mul(choose(tf, isFar, far, near), scale),
      gradient: tf.mul(tf.sub(q, p), scale / temperature),
    };
  });
}

/** scale · −Σ p·log q of each example, [B], in nats: KL plus the entropy of the targets, with the same gradient. */
export function softCrossEntropy(
  tf: TensorFlow,
  teacher: Tensor2D,
  student: Tensor2D,
  temperature: number,
  scale: number,
): Tensor1D {
  const targets = tf.softmax(tf.div<Tensor2D>(teacher, temperature));
  return tf.mul(studentLoss(tf, tf.div<Tensor2D>(student, temperature), targets), scale);
}

/**
 * −Σ y·log softmax(logits) of each example, [B], in nats.
 *
 * @param logits [B, C]; differentiated
 * @param targets [B, C], constant; rows that do not sum to 1 (no label) give finite numbers, to be masked
 */
export function studentLoss(tf: TensorFlow, logits: Tensor2D, targets: Tensor2D): Tensor1D {
  return withGradient(tf, logits, (z) => {
    const shifted = tf.sub(z, rowMax(tf, z));
    const powers = tf.exp(shifted);
    const sum = rowSum(tf, powers);
    return {
      loss: tf.sub(tf.log(sum), rowSum(tf, tf.mul(targets, shifted))),
      gradient: tf.sub(tf.div(powers, sum), targets),
    };
  });
}

/** ½‖student − teacher‖² of each example, [B]; `centred` subtracts each row’s mean first. */
export function logitDistance(
  tf: TensorFlow,
  teacher: Tensor2D,
  student: Tensor2D,
  centred: boolean,
): Tensor1D {
  return withGradient(tf, student, (logits) => {
    const difference = tf.sub(logits, teacher);
    const gradient = centred ? tf.sub(difference, tf.mean(difference, 1, true)) : difference;
    return { loss: tf.mul(rowSum(tf, tf.square(gradient)), 0.5), gradient };
  });
}

/** A loss [B, 1] of each row of `logits` [B, C] with its gradient [B, C], computed together: fewer operations than autodiff. */
export function withGradient(
  tf: TensorFlow,
  logits: Tensor2D,
  compute: (logits: Tensor2D) => { loss: Tensor; gradient: Tensor },
): Tensor1D {
  const operation = tf.customGrad((z, save) => {
    const { loss, gradient } = compute(z as Tensor2D);
    (save as GradSaveFunc)([gradient]);
    return {
      value: tf.squeeze<Tensor1D>(loss, [1]),
      gradFunc: (dy: Tensor1D, saved: Tensor[]) => tf.mul(saved[0]!, tf.expandDims(dy, 1)),
    };
  });
  return operation(logits);
}

/**
 * The same rows, whose gradients are scaled down by (deviation / least)² where the deviation is below `least`. A direction
 * changes by 1 / deviation: an example whose outputs are all equal would move the network by any amount.
 *
 * @param deviation of each row, [rows, 1]; constant
 */
export function dampNearConstant(tf: TensorFlow, rows: Tensor2D, deviation: Tensor, least: number): Tensor2D {
  const factor = tf.square(tf.minimum(tf.div(deviation, least), 1));
  const operation = tf.customGrad((x, save) => {
    (save as GradSaveFunc)([factor]);
    return {
      value: tf.clone(x as Tensor2D),
      gradFunc: (dy: Tensor2D, saved: Tensor[]) => tf.mul<Tensor2D>(dy, saved[0]!),
    };
  });
  return operation(rows);
}

export const rowSum = (tf: TensorFlow, x: Tensor) => tf.sum(x, 1, true);
export const rowMax = (tf: TensorFlow, x: Tensor) => tf.max(x, 1, true);

/** Of the rows of `logits`, whose softmax is `p`: the largest entry of p never underflows. */
const logSumExp = (tf: TensorFlow, logits: Tensor, p: Tensor) =>
  tf.sub(rowMax(tf, logits), tf.log(rowMax(tf, p)));

/** log(1 + x) from the logarithm of the rounded sum and its rounding error: tf.log1p of the wasm backend is log(1 + x). */
function logOnePlus(tf: TensorFlow, x: Tensor): Tensor {
  const sum = tf.add(x, 1);
  return tf.sub(tf.log(sum), tf.div(tf.sub(tf.sub(sum, 1), x), sum));
}

/** e^x − 1 − x; for small x, where that cancels, its (2,2) Padé approximant x²·(6 − x) / ((x − 3)² + 3). */
function expExcess(tf: TensorFlow, x: Tensor): Tensor {
  const square = tf.square(x);
  const pade = tf.div(tf.mul(square, tf.sub(6, x)), tf.add(tf.squaredDifference(x, 3), 3));
  return choose(tf, tf.step(tf.sub(SMALL ** 2, square)), pade, tf.sub(tf.expm1(x), x));
}

/** Where mask (0 or 1) is 1, `yes`, else `no`; both finite. tf.where would copy all three first. */
const choose = (tf: TensorFlow, mask: Tensor, yes: Tensor, no: Tensor) =>
  tf.add(no, tf.mul(mask, tf.sub(yes, no)));
