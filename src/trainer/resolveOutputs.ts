import { UserError } from '../config/errors';
import { range } from '../data/inputs';
import type { LoadedEngine } from '../engines/engine';
import type { Network } from '../models/network';
import { outputsLookLike } from '../tasks/outputs';
import { infer } from './inference';
import type { OpenRun } from './openRun';
import type { TrainingData } from './trainingData';

/** So many examples tell what outputs are. */
const LOOKED_AT = 256;

/**
 * Looks at what a saved model gives, and takes the logarithm where it gives probabilities all the same.
 *
 * @returns what was done, as sentences; none where nothing was to do
 * @throws UserError where it gives probabilities and is to be trained
 */
export async function resolveOutputs(
  { run }: OpenRun,
  { tf }: LoadedEngine,
  network: Network,
  { validation, inputShape, classes }: Pick<TrainingData, 'validation' | 'inputShape' | 'classes'>,
): Promise<string[]> {
  const { model, takenOff } = run.network;
  if (model === undefined) return [];
  if (takenOff !== undefined) {
    const one =
      takenOff === 'sigmoid' && classes.length === 2
        ? ` Where it has one output z, the logits are 0 for ${classes[0]} and z for ${classes[1]}.`
        : '';
    return [
      `The saved model ends in ${takenOff}: it was taken off, and what is left are the logits, exactly.${one}`,
    ];
  }
  const rows = range(0, Math.min(LOOKED_AT, validation.count));
  const outputs = await infer(tf, network, validation.take(rows), inputShape);
  const looks = outputsLookLike(outputs, classes.length);
  if (looks === 'logits') return [];
  if (looks === 'logProbabilities')
    return ['The saved model gives logarithms of probabilities: they are logits as they are.'];
  if (run.steps > 0)
    throw new UserError(
      `The saved model ${model} gives probabilities, while the losses take logits, and its last layers do not let them be undone: save it without its last activation.`,
    );
  network.output = 'probabilities';
  return [
    'The saved model gives probabilities, and its last layers do not let them be undone: their natural logarithms are taken for the logits, of which softmax makes the same probabilities (one of 0 counts as 2⁻¹²⁶).',
  ];
}
