import type { NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import { call, dispose } from '../kernels/kernel';
import type { KernelCall } from '../kernels/kernel';

/** Activations that a product applies as it writes its result, by their number in module/simd.h. */
const IN_PASSING: Record<string, number> = { linear: 0, relu: 1, relu6: 2 };

/** Other activations, by the kernel that applies them afterwards. */
const AFTERWARDS: Record<string, string> = {
  elu: 'Elu',
  sigmoid: 'Sigmoid',
  prelu: 'Prelu',
  leakyrelu: 'LeakyRelu',
};

/**
 * A product with the activation of a fused operation.
 *
 * @param compute receives the number of the activation to apply
 */
export function activated(
  { backend, inputs, attrs }: KernelCall,
  compute: (activation: number) => TensorInfo,
): TensorInfo {
  const activation = attrs['activation'] as string;
  const inPassing = IN_PASSING[activation];
  if (inPassing !== undefined) return compute(inPassing);
  const name = AFTERWARDS[activation];
  if (name === undefined) throw new Error(`The portable engine has no fused activation "${activation}".`);
  const x = compute(0);
  const alpha = inputs['preluActivationWeights'];
  const slope: NamedAttrMap = name === 'LeakyRelu' ? { alpha: attrs['leakyreluAlpha'] as number } : {};
  const y = call(backend, name, alpha ? { x, alpha } : { x }, slope);
  dispose(backend, x);
  return y;
}
