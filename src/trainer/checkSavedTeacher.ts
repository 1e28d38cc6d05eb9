import { scaleOf } from '../config/data';
import { UserError } from '../config/errors';
import { range } from '../data/inputs';
import type { LoadedEngine } from '../engines/engine';
import type { Network } from '../models/network';
import { measureAnswers, type Answers, type ClassOrder } from '../tasks/classOrder';
import { infer } from './inference';
import type { OpenRun } from './openRun';
import { otherScale, type OtherScale } from './otherScale';
import type { TrainingData } from './trainingData';

/** Differences of logits that are not there, as a share of their size. */
const NEGLIGIBLE = 1e-6;

/**
 * Checks a saved teacher's predictions on the validation examples before a student learns from it.
 *
 * @param logits of the validation examples, row-major
 * @returns what is doubtful, as sentences; none where nothing is
 * @throws UserError with the likely cause where nothing can be learned from it: answers that are no numbers, all alike,
 * no better than guesses, or of other classes than their outputs
 */
export async function checkSavedTeacher(
  { run }: OpenRun,
  { tf }: LoadedEngine,
  network: Network,
  data: Pick<TrainingData, 'validation' | 'inputShape' | 'classes'>,
  logits: Float32Array,
): Promise<string[]> {
  const { validation, classes, inputShape } = data;
  const title = `The saved teacher ${run.network.model}`;
  const stop = 'No student is trained.';
  const broken = logits.findIndex((value) => !Number.isFinite(value));
  if (broken >= 0) {
    const example = Math.floor(broken / classes.length);
    throw new UserError(
      `${title} answers ${logits[broken]} to validation example ${example}: its weights are damaged, or its inputs are of a size that it was not trained on. ${stop}`,
    );
  }
  const answers = measureAnswers(logits, validation.labels, classes.length);
  const { order, isAtChance } = answers;
  if (!isAtChance && order && !order.isMost) return [swapped(title, order, classes, run.network.classes)];
  if (order && (isAtChance || order.isMost))
    throw new UserError(
      `${title} gives its classes in another order: ${found(answers)}, but ${percent(order.accuracy)} with its outputs in the order of the mapping below. ${stop} Write into its teacher file: ${mapping(order, classes, run.network.classes)}`,
    );
  if (!isAtChance) return [];
  const said = `${title} does no better than chance on these data: ${found(answers)}.`;
  if (isConstant(logits, classes.length))
    throw new UserError(
      `${said} It gives the same answer to every example: ${(await isZero(network)) ? 'its weights are all 0, so that nothing was saved of what it learned' : 'its weights are not those that it was trained with, or its inputs are on another scale than it was trained on'}. ${stop}`,
    );
  const ask = (inputs: Float32Array) => infer(tf, network, inputs, inputShape);
  const scale = await otherScale(ask, pickSome(validation), {
    classes: classes.length,
    columns: inputShape.at(-1)!,
    dataScale: scaleOf(run.data.config),
  });
  throw new UserError(
    scale === null
      ? `${said} Likely it was trained on inputs that were prepared otherwise (here they are ${rangeOf(validation)}), on other data, or not at all. ${stop}`
      : `${said} It was trained on inputs that were prepared otherwise: with ${scale.what} it is ${percent(scale.accuracy)} right (here they are ${rangeOf(validation)}). ${prepare(run, scale)} ${stop}`,
  );
}

/** A teacher file that says nothing of its inputs gets the data as they are read. */
const prepare = ({ data }: OpenRun['run'], { setting }: OtherScale): string =>
  setting === null || data.preprocessing
    ? 'Prepare its inputs as for its training.'
    : `Write into its teacher file: "inputs": ${JSON.stringify(setting)}`;

const found = ({ accuracy, chance, count }: Answers) =>
  `of ${count} validation examples it is right on ${percent(accuracy)}, where guesses as frequent as its answers reach ${percent(chance)}`;

function swapped(
  title: string,
  order: ClassOrder,
  classes: readonly string[],
  given: readonly string[] | undefined,
) {
  const names = order.moved.map((output) => classes[output]).join(', ');
  return `${title} looks as if its classes ${names} were exchanged: with them in another order it would be right on ${percent(order.accuracy)} of the validation examples. If so, write into its teacher file: ${mapping(order, classes, given)}`;
}

/** As the key that puts it right. `given`: what the teacher file says already, by which its outputs were put in order. */
function mapping({ classes: order }: ClassOrder, classes: readonly string[], given = classes): string {
  const named = given.map((name) => classes[order[classes.indexOf(name)]!]!);
  return `"classes": [${named.map((name) => JSON.stringify(name)).join(', ')}]`;
}

/** Whether what it gives does not depend on the input. */
function isConstant(logits: Float32Array, classes: number): boolean {
  return logits.every((value, i) => {
    const first = logits[i % classes]!;
    return Math.abs(value - first) <= NEGLIGIBLE * Math.max(1, Math.abs(first));
  });
}

async function isZero(network: Network): Promise<boolean> {
  const values = await network.read();
  return network.trainable.every(({ name }) => values[name]!.every((value) => value === 0));
}

const MOST = 500;

function pickSome(examples: TrainingData['validation']) {
  const rows = range(0, Math.min(MOST, examples.count));
  return { inputs: examples.take(rows), labels: examples.labels.subarray(0, rows.length) };
}

function rangeOf(examples: TrainingData['validation']): string {
  const { inputs } = pickSome(examples);
  const [least, most] = inputs.reduce(([a, b], x) => [Math.min(a, x), Math.max(b, x)], [Infinity, -Infinity]);
  return `from ${Number(least.toPrecision(3))} to ${Number(most.toPrecision(3))}`;
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
