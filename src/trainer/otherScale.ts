import { inMemory, range } from '../data/inputs';
import { fitNormalization, normalize } from '../data/normalization';
import { measureAnswers } from '../tasks/classOrder';

interface Scale {
  /** As in "with inputs times 255". */
  what: string;
  /** @param columns of a table, or channels of images */
  change: (inputs: Float32Array, columns: number) => Float32Array;
  /** The "inputs" of a teacher file that request it. @param dataScale the divisor of the data */
  setting: (dataScale: number) => Record<string, unknown> | null;
}

/** A network that sees another scale, and the setting that gives it that scale; null if there is none. */
export interface OtherScale {
  what: string;
  accuracy: number;
  setting: Record<string, unknown> | null;
}

const linear = (what: string, factor: number, offset = 0): Scale => ({
  what,
  change: (inputs) => inputs.map((x) => factor * x + offset),
  setting: (dataScale) =>
    factor > 0
      ? { scale: Number((dataScale / factor).toPrecision(6)), ...(offset === 0 ? {} : { mean: [-offset] }) }
      : null,
});

/** A scale must be better by so much than a commoner one. */
const CLEARLY = 0.02;

/** How inputs of networks are commonly prepared, seen from each other; the commonest first. */
const SCALES: readonly Scale[] = [
  linear('inputs times 255', 255),
  linear('inputs divided by 255', 1 / 255),
  linear('inputs times 16', 16),
  linear('inputs divided by 16', 1 / 16),
  linear('inputs times 100', 100),
  linear('inputs divided by 100', 1 / 100),
  linear('inputs times 2, minus 1', 2, -1),
  linear('inputs plus 1, divided by 2', 0.5, 0.5),
  linear('inputs divided by 127.5, minus 1', 1 / 127.5, -1),
  linear('inputs subtracted from 1', -1, 1),
  {
    what: 'inputs standardised (mean 0, standard deviation 1)',
    change: standardised,
    setting: () => ({ standardize: true }),
  },
];

/**
 * Whether a network that knows nothing of some examples knows them well when their inputs are on another of the common scales;
 * null where it does on none.
 *
 * @param ask gives logits, row-major, of inputs
 */
export async function otherScale(
  ask: (inputs: Float32Array) => Promise<Float32Array>,
  { inputs, labels }: { inputs: Float32Array; labels: Int32Array },
  { classes, columns, dataScale }: { classes: number; columns: number; dataScale: number },
): Promise<OtherScale | null> {
  let best: OtherScale | null = null;
  for (const { what, change, setting } of SCALES) {
    const { accuracy, chance, isAtChance } = measureAnswers(
      await ask(change(inputs, columns)),
      labels,
      classes,
    );
    // It was looked for: half of what is to be known is no accident.
    if (isAtChance || accuracy - chance < 0.5 * (1 - chance)) continue;
    if (best === null || accuracy > best.accuracy + CLEARLY)
      best = { what, accuracy, setting: setting(dataScale) };
  }
  return best;
}

function standardised(inputs: Float32Array, columns: number): Float32Array {
  const all = inMemory(inputs, inputs.length / columns);
  return normalize(Float32Array.from(inputs), fitNormalization(all, range(0, all.count), columns));
}
