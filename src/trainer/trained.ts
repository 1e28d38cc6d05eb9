import { resolve } from 'node:path';
import { UserError } from '../config/errors';
import type { LoadedEngine } from '../engines/engine';
import { between, type Preprocessor } from '../data/preprocessor';
import { multiplyAdds } from '../models/multiplyAdds';
import { readSpecialist } from '../runs/folder';
import { averaged } from '../tasks/ensemble';
import { together } from '../tasks/specialists';
import { chooseInference, type Inference } from './inference';
import { logInfo } from './log';
import { keptPreprocessor } from './normalizationFile';
import { openRun, trainedNetwork, type OpenRun } from './openRun';

/** Predictions with what one of them costs. */
export interface TrainedInference extends Inference {
  /** Of one example forward, all networks together; null where that is not known of a layer. */
  readonly multiplyAdds: number | null;
}

/**
 * Predictions of a finished run: of its network, or of its members combined. The caller disposes of it.
 *
 * @param sizes how many examples may be asked for at once
 * @param log where a sentence for the log goes
 * @param seen what the examples that it will be asked for have been through; as the run itself sees them where absent
 */
export async function openTrained(
  open: OpenRun,
  engine: LoadedEngine,
  sizes: readonly number[],
  log = logInfo,
  seen?: Preprocessor | null,
): Promise<TrainedInference> {
  const { run, root } = open;
  const classes = run.data.classes.length;
  const from = seen === undefined ? await keptPreprocessor(open) : seen;
  const network = (of: OpenRun, outputs: number) => openNetwork(of, outputs, engine, sizes, log, from);
  if (!run.ensemble) return network(open, classes);
  const { average } = run.ensemble;
  const folders = run.ensemble.members.map((member) => resolve(root, member.folder));
  if (average !== 'specialists') {
    const members: TrainedInference[] = [];
    for (const member of folders)
      members.push(await openTrained(await openRun(member), engine, sizes, log, from));
    return askEach(members, (answers) => averaged(answers, classes, average));
  }
  const [first, ...others] = folders;
  const asked = [await openTrained(await openRun(first!), engine, sizes, log, from)];
  const tasks: { classes: number[]; correction: number }[] = [];
  for (const specialist of others) {
    const { value } = await readSpecialist(specialist);
    if (value === null) throw new UserError(`${specialist} is not a trained specialist: train it first.`);
    tasks.push(value);
    asked.push(await network(await openRun(specialist), value.classes.length + 1));
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
  open: OpenRun,
  outputs: number,
  engine: LoadedEngine,
  sizes: readonly number[],
  log: typeof logInfo,
  from: Preprocessor | null,
): Promise<TrainedInference> {
  const { folder, run } = open;
  const convert = between(from, await keptPreprocessor(open)) ?? ((inputs) => inputs);
  const network = await trainedNetwork(folder, run, outputs);
  const inference = chooseInference(engine, network, run.data.inputShape, sizes, log);
  return {
    multiplyAdds: multiplyAdds(network.model),
    logits: (inputs) => inference.logits(convert(inputs)),
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
