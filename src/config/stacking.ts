import type { Layer } from './layers';
import { describeNetwork } from './shapes';

/** Layers that compute on [members, batch, …] what they compute on [batch, …]. */
const STACKED: readonly Layer['type'][] = ['dense', 'activation', 'dropout', 'flatten'];

/**
 * Whether networks of these layers can train side by side as one program, their weights on a leading axis. They may be
 * dense layers on vectors and what acts on each number by itself; all others are trained one by one.
 *
 * @param inputShape of one example
 */
export function canStack(layers: readonly Layer[], inputShape: readonly number[]): boolean {
  const shapes = [
    inputShape,
    ...describeNetwork(layers, inputShape).layers.map((layer) => layer.outputShape),
  ];
  return layers.every(
    ({ type }, index) => STACKED.includes(type) && (type !== 'dense' || shapes[index]!.length === 1),
  );
}
