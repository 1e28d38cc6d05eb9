import type { Layer } from './layers';
import { describeNetwork } from './shapes';

/** Layers that compute the same on [members, batch, …] as on [batch, …]. */
const STACKED: readonly Layer['type'][] = ['dense', 'activation', 'dropout', 'flatten'];

/**
 * Whether networks with these layers can be trained together as one program, with their weights stacked on a leading axis.
 * This holds for dense layers on vectors and for elementwise layers; other networks are trained one by one.
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
