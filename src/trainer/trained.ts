import { resolve } from 'node:path';
import { UserError } from '../config/errors';
import type { LoadedEngine } from '../engines/engine';
import { multiplyAdds } from '../models/multiplyAdds';
import { readSpecialist } from '../runs/folder';
import { averaged } from '../tasks/ensemble';
import { together } from '../tasks/specialists';
import { chooseInference, type Inference } from './inference';
import { say } from './log';
import { openRun, trainedNetwork, type OpenRun } from './openRun';

/** Predictions with what one of them costs. */
export interface TrainedInference extends Inference {
  /** Of one example forward, all networks together; null where that is not known of a layer. */
  readonly multiplyAdds: number | null;
}

/**
 * What a finished run answers: its network, or the networks of its members together. Whoever asked disposes of it.
 *
 * @param sizes how many examples may be asked for at once
 * @param tell where a sentence for the log goes
 */
export async function openTrained(
  open: OpenRun,
  engine: LoadedEngine,
  sizes: readonly number[],
  tell = say,
): Promise<TrainedInference> {
  const { folder, run, root } = open;
  const classes = run.data.classes.length;
  const network = (of: string, own: OpenRun['run'], outputs: number) =>
    openNetwork(of, own, outputs, engine, sizes, tell);
  if (!run.ensemble) return network(folder, run, classes);
  const { average } = run.ensemble;
  const folders = run.ensemble.members.map((member) => resolve(root, member.folder));
  if (average !== 'specialists') {
    const members: TrainedInference[] = [];
    for (const member of folders) members.push(await openTrained(await openRun(member), engine, sizes, tell));
    return askEach(members, (answers) => averaged(answers, classes, average));
  }
  const [first, ...others] = folders;
  const asked = [await openTrained(await openRun(first!), engine, sizes, tell)];
  const tasks: { classes: number[]; correction: number }[] = [];
  for (const specialist of others) {
    const { value } = await readSpecialist(specialist);
    if (value === null) throw new UserError(`${specialist} is no trained specialist: train it first.`);
    const { run: own } = await openRun(specialist);
    tasks.push(value);
    asked.push(await network(specialist, own, value.classes.length + 1));
  }
  return askEach(asked, ([generalist, ...answers]) =>
    together(
      generalist!,
      answers.map((logits, i) => ({ classes: tasks[i]!.classes, logits: corrected(logits, tasks[i]!) })),
      classes,
    ),
  );
}

async function openNetwork(
  folder: string,
  run: OpenRun['run'],
  outputs: number,
  engine: LoadedEngine,
  sizes: readonly number[],
  tell: typeof say,
): Promise<TrainedInference> {
  const network = await trainedNetwork(folder, run, outputs);
  const inference = chooseInference(engine, network, run.data.inputShape, sizes, tell);
  return {
    multiplyAdds: multiplyAdds(network.model),
    logits: (inputs) => inference.logits(inputs),
    dispose() {
      inference.dispose();
      network.dispose();
    },
  };
}

/** One after the other: an engine does one thing at a time. */
function askEach(
  members: readonly TrainedInference[],
  combine: (answers: readonly Float32Array[]) => Float32Array,
): TrainedInference {
  return {
    multiplyAdds: members.reduce<number | null>(
      (sum, member) => (sum === null || member.multiplyAdds === null ? null : sum + member.multiplyAdds),
      0,
    ),
    async logits(inputs) {
      const answers: Float32Array[] = [];
      for (const member of members) answers.push(await member.logits(inputs));
      return combine(answers);
    },
    dispose: () => members.forEach((member) => member.dispose()),
  };
}

/** The others were fewer in the specialist’s training set than they are (§5.2): its last output says so. */
function corrected(
  logits: Float32Array,
  { classes, correction }: { classes: readonly number[]; correction: number },
): Float32Array {
  const width = classes.length + 1;
  return logits.map((value, i) => (i % width === width - 1 ? value + correction : value));
}
