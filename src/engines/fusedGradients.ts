import * as tf from '@tensorflow/tfjs-core';
import type { GradConfig, NamedAttrMap, Tensor } from '@tensorflow/tfjs-core';

/** Whether the current engine has a kernel: gradients are registered for all engines of a process. */
const has = (kernel: string) => Boolean(tf.getKernel(kernel, tf.getBackend()));

let registered = false;

/** Gradients by one kernel where the engine has it, else those of tfjs-core. */
export function registerGradients(): void {
  if (registered) return;
  registered = true;
  override('Relu', (dy, [x], _, stock) =>
    has('ReluGrad') ? { x: () => run('ReluGrad', { x: x!, dy })[0]! } : stock(),
  );
  override('FusedBatchNorm', (dy, [x, mean, variance, scale], attrs, stock) => {
    if (!has('FusedBatchNormGrad') || mean!.rank !== 1) return stock();
    // Together: the results of one of these functions are disposed of before the next is called.
    const inputs = { x: x!, dy, mean: mean!, variance: variance!, ...(scale && { scale }) };
    const all = run('FusedBatchNormGrad', inputs, attrs);
    const gradient = (index: number) => () => all[index]!;
    return {
      x: gradient(0),
      mean: gradient(1),
      variance: gradient(2),
      offset: gradient(3),
      scale: gradient(4),
    };
  });
}

type Gradients = ReturnType<GradConfig['gradFunc']>;

function override(
  kernelName: string,
  gradFunc: (dy: Tensor, saved: Tensor[], attrs: NamedAttrMap, stock: () => Gradients) => Gradients,
): void {
  const stock = tf.getGradient(kernelName);
  if (!stock) throw new Error(`TensorFlow.js has no gradient of ${kernelName}.`);
  tf.unregisterGradient(kernelName);
  tf.registerGradient({
    ...stock,
    gradFunc: (dy, saved, attrs) =>
      gradFunc(dy as Tensor, saved, attrs, () => stock.gradFunc(dy, saved, attrs)),
  });
}

function run(kernel: string, inputs: Record<string, Tensor>, attrs: NamedAttrMap = {}): Tensor[] {
  const outputs: Tensor | Tensor[] = tf.engine().runKernel(kernel, inputs, attrs);
  return Array.isArray(outputs) ? outputs : [outputs];
}
