import type { Optimizer } from '../../config/training';
import type { Binding } from './binding';
import type { GraphWriter } from './graphDef';

/** Optimizer state of a variable; names as in models/optimizers.ts. */
export function slotsOf(optimizer: Optimizer): readonly string[] {
  if (optimizer.type === 'sgd') return optimizer.momentum === 0 ? [] : ['velocity'];
  return ['mean', 'variance'];
}

/** Numbers that change with the step, by the name of their placeholder. @param step 1-based */
export function scalarsOf(optimizer: Optimizer, learningRate: number, step: number): Record<string, number> {
  if (optimizer.type === 'sgd') return { learningRate };
  const { beta1, beta2, epsilon, type, weightDecay } = optimizer;
  return {
    learningRate,
    beta1Power: beta1 ** step,
    beta2Power: beta2 ** step,
    // TensorFlow adds ε to √v before bias correction, we add it after (Kingma and Ba, algorithm 1).
    epsilon: epsilon * Math.sqrt(1 - beta2 ** step),
    ...(type === 'adamw' ? { kept: 1 - learningRate * weightDecay } : {}),
  };
}

/** A variable during an update: names of nodes. */
export interface Moved {
  handle: string;
  /** Its value before the update. */
  value: string;
  slots: readonly string[];
  gradient: string;
}

/**
 * Writes the nodes that update a variable: the rules of models/optimizers.ts by TensorFlow's fused kernels, each in one
 * pass over memory.
 *
 * @param scalar node of a number of `scalarsOf`, or of a constant
 * @param after nodes that must be read before the update
 * @returns the node after which the update is done
 */
export function writeUpdate(
  graph: GraphWriter,
  { TF_FLOAT }: Pick<Binding, 'TF_FLOAT'>,
  name: string,
  optimizer: Optimizer,
  { handle, value, slots, gradient }: Moved,
  scalar: (name: string, value?: number) => string,
  after: readonly string[],
): string {
  const type = { T: ['Type', TF_FLOAT] as const };
  const waits = after.map((node) => `^${node}`);
  const penalized = () => {
    if (optimizer.weightDecay === 0) return gradient;
    const penalty = graph.node(
      `${name}/penalty`,
      'Mul',
      [value, scalar('weightDecay', optimizer.weightDecay)],
      type,
    );
    return graph.node(`${name}/gradient`, 'AddV2', [gradient, penalty], type);
  };
  if (optimizer.type === 'sgd') {
    const { momentum, nesterov } = optimizer;
    if (slots.length === 0)
      return graph.node(
        name,
        'ResourceApplyGradientDescent',
        [handle, scalar('learningRate'), penalized(), ...waits],
        type,
      );
    return graph.node(
      name,
      'ResourceApplyMomentum',
      [handle, slots[0]!, scalar('learningRate'), penalized(), scalar('momentum', momentum), ...waits],
      { ...type, use_nesterov: ['B', nesterov] },
    );
  }
  const before: string[] = [];
  if (optimizer.type === 'adamw' && optimizer.weightDecay !== 0) {
    const decayed = graph.node(`${name}/decayed`, 'Mul', [value, scalar('kept')], type);
    before.push(
      graph.node(`${name}/decay`, 'AssignVariableOp', [handle, decayed, ...waits], {
        dtype: ['Type', TF_FLOAT],
      }),
    );
  }
  return graph.node(
    name,
    'ResourceApplyAdam',
    [
      handle,
      ...slots,
      scalar('beta1Power'),
      scalar('beta2Power'),
      scalar('learningRate'),
      scalar('beta1', optimizer.beta1),
      scalar('beta2', optimizer.beta2),
      scalar('epsilon'),
      optimizer.type === 'adam' ? penalized() : gradient,
      ...waits,
      ...before.map((node) => `^${node}`),
    ],
    type,
  );
}
