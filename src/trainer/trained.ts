import { resolve } from 'node:path';
import type { LoadedEngine } from '../engines/engine';
import { averaged } from '../tasks/ensemble';
import { chooseInference, type Inference } from './inference';
import { say } from './log';
import { openRun, trainedNetwork, type OpenRun } from './openRun';

/**
 * What a finished run answers: its network, or the networks of its members together. Whoever asked disposes of it.
 *
 * @param sizes how many examples may be asked for at once
 */
export async function openTrained(
  { folder, run, root }: OpenRun,
  engine: LoadedEngine,
  sizes: readonly number[],
): Promise<Inference> {
  if (run.ensemble) {
    const { average, members } = run.ensemble;
    const opened: Inference[] = [];
    for (const member of members)
      opened.push(await openTrained(await openRun(resolve(root, member.folder)), engine, sizes));
    return ensembleInference(opened, run.data.classes.length, average);
  }
  const network = await trainedNetwork(folder, run);
  const inference = chooseInference(engine, network, run.data.inputShape, sizes, say);
  return {
    logits: (inputs) => inference.logits(inputs),
    dispose() {
      inference.dispose();
      network.dispose();
    },
  };
}

/** One after the other: an engine does one thing at a time. */
function ensembleInference(
  members: readonly Inference[],
  classes: number,
  average: Parameters<typeof averaged>[2],
): Inference {
  return {
    async logits(inputs) {
      const answers: Float32Array[] = [];
      for (const member of members) answers.push(await member.logits(inputs));
      return averaged(answers, classes, average);
    },
    dispose: () => members.forEach((member) => member.dispose()),
  };
}
