import type { LoadedEngine } from '../engines/engine';
import { NotTraceable, type Compile, type GraphBody } from '../engines/graph';
import type { TensorFlow } from '../methods/method';
import type { Network } from '../models/network';

/** A network in inference mode: no dropout, moving statistics. */
export interface Inference {
  /**
   * Logits of a batch, row-major, [B, C].
   *
   * @param inputs row-major, [B, …inputShape], B being one of the given sizes
   */
  logits(inputs: Float32Array): Promise<Float32Array>;
  dispose(): void;
}

/**
 * Predictions of a network whose weights no longer change, for given batch sizes: as one graph where the engine compiles and
 * the network lets it, else eagerly, and `log` receives the reason. The caller keeps the network.
 */
export function chooseInference(
  { tf, compile }: Pick<LoadedEngine, 'tf' | 'compile'>,
  network: Network,
  inputShape: readonly number[],
  sizes: readonly number[],
  log: (sentence: string) => void,
): Inference {
  const eager = {
    logits: (inputs: Float32Array) => infer(tf, network, inputs, inputShape),
    dispose: () => undefined,
  };
  if (!compile) return eager;
  try {
    return inferenceGraph(compile, network, inputShape, sizes);
  } catch (error) {
    if (!(error instanceof NotTraceable)) throw error;
    log(`Predictions run eagerly, not as one graph. ${error.message}`);
    return eager;
  }
}

/** Logits of one batch, operation by operation, row-major, [B, C]. */
export async function infer(
  tf: TensorFlow,
  network: Network,
  inputs: Float32Array,
  inputShape: readonly number[],
): Promise<Float32Array> {
  const count = inputs.length / sizeOf(inputShape);
  const logits = tf.tidy(() => network.infer(tf.tensor(inputs, [count, ...inputShape])));
  const values = Float32Array.from(await logits.data<'float32'>());
  logits.dispose();
  return values;
}

/** The function of a graph by which `inferIn` asks for the logits of a batch. */
export function inferenceFunctions(
  network: Network,
  inputShape: readonly number[],
  sizes: readonly number[],
): Record<string, GraphBody> {
  return Object.fromEntries(
    [...new Set(sizes)].map((count) => [
      nameOf(count),
      (placeholder) => ({
        outputs: { logits: network.infer(placeholder('inputs', [count, ...inputShape])) },
      }),
    ]),
  );
}

/** Logits of one batch by a graph that has `inferenceFunctions`, row-major, [B, C]. */
export function inferIn(
  graph: Pick<ReturnType<Compile>, 'call'>,
  inputs: Float32Array,
  inputShape: readonly number[],
): Float32Array {
  return graph.call(nameOf(inputs.length / sizeOf(inputShape)), { inputs })['logits']!;
}

function inferenceGraph(
  compile: Compile,
  network: Network,
  inputShape: readonly number[],
  sizes: readonly number[],
): Inference {
  const graph = compile({
    variables: network.weights,
    optimizer: null,
    slots: {},
    functions: inferenceFunctions(network, inputShape, sizes),
  });
  return {
    logits: (inputs) => Promise.resolve(inferIn(graph, inputs, inputShape)),
    dispose: () => graph.dispose(),
  };
}

const nameOf = (count: number) => `infer ${count}`;
const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
