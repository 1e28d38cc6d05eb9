import { DISTILLATION_TERM, STUDENT_TERM } from '../methods/method';
import type { TensorFlow } from '../methods/method';
import type { Network } from '../models/network';
import { gradientsAt } from './gradients';
import type { Objective, StepData } from './gradients';

export interface GradientShare {
  /** L2 norm over all weights of the gradient of each weighted term. */
  norms: Record<string, number>;
  /** Between the distillation and the student gradient; absent where one of them is 0 or not there. */
  cosine?: number;
}

/** How much each term pulls at this step. It changes nothing: moving statistics are put back. */
export function gradientShare(
  tf: TensorFlow,
  network: Network,
  objective: Objective,
  data: StepData,
  inputShape: readonly number[],
  step: number,
): GradientShare {
  const statistics = network.weights.filter((weight) => !weight.trainable);
  const before = statistics.map(({ variable }) => variable.clone());
  const gradients = Object.entries(objective.weights).map(([term, weight]): [string, Float32Array[]] => [
    term,
    weight === 0
      ? []
      : Object.values(
          gradientsAt(tf, network, objective, data, inputShape, step, { [term]: weight }).gradients,
        ),
  ]);
  statistics.forEach(({ variable }, i) => {
    variable.assign(before[i]!);
    before[i]!.dispose();
  });
  const norms = Object.fromEntries(gradients.map(([term, parts]) => [term, Math.sqrt(dot(parts, parts))]));
  const byTerm = Object.fromEntries(gradients);
  const [soft, hard] = [byTerm[DISTILLATION_TERM], byTerm[STUDENT_TERM]];
  const length = (norms[DISTILLATION_TERM] ?? 0) * (norms[STUDENT_TERM] ?? 0);
  return soft && hard && length > 0 ? { norms, cosine: dot(soft, hard) / length } : { norms };
}

function dot(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  let sum = 0;
  a.forEach((part, k) => {
    const other = b[k]!;
    for (let i = 0; i < part.length; i++) sum += part[i]! * other[i]!;
  });
  return sum;
}
