import { basename, dirname, resolve } from 'node:path';
import type { Experiment } from '../../config/resolved';
import { describeSavedModel } from '../../config/savedModel';
import { describeNetwork } from '../../config/shapes';
import type { Prepared } from '../../runs/prepare';
import type { ExperimentView, NetworkView } from './views';

/** What stands behind Teacher and Student: known without a tensor, once the data's shape is known. */
export function describeNetworks({ experiment, facts }: Prepared): ExperimentView['networks'] {
  if (!experiment || !facts) return { teacher: null, student: null };
  const of = (network: Experiment['teacher'] | Experiment['student']) =>
    describe(network, experiment.root, facts.inputShape);
  return { teacher: of(experiment.teacher), student: of(experiment.student) };
}

function describe(
  { file, config }: Experiment['teacher'] | Experiment['student'],
  root: string,
  inputShape: readonly number[],
): NetworkView | null {
  try {
    if (config.model !== undefined) {
      const { parameters } = describeSavedModel(resolve(root, config.model));
      return { file, title: basename(dirname(config.model)), parameters };
    }
    const { title, total } = describeNetwork(config.layers ?? [], inputShape);
    return { file, title, parameters: total };
  } catch {
    // The diagnostics of the file say what is wrong; here there is only nothing to show.
    return null;
  }
}
