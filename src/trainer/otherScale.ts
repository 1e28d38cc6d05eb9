import { measureAnswers } from '../tasks/classOrder';

interface Scale {
  /** As in "with inputs times 255". */
  what: string;
  change: (inputs: Float32Array) => Float32Array;
}

const linear = (what: string, factor: number, offset = 0): Scale => ({
  what,
  change: (inputs) => inputs.map((x) => factor * x + offset),
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
  { what: 'inputs standardised (mean 0, standard deviation 1)', change: standardised },
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
  classes: number,
): Promise<{ what: string; accuracy: number } | null> {
  let best: { what: string; accuracy: number } | null = null;
  for (const { what, change } of SCALES) {
    const { accuracy, chance, isAtChance } = measureAnswers(await ask(change(inputs)), labels, classes);
    // It was looked for: half of what is to be known is no accident.
    if (isAtChance || accuracy - chance < 0.5 * (1 - chance)) continue;
    if (best === null || accuracy > best.accuracy + CLEARLY) best = { what, accuracy };
  }
  return best;
}

function standardised(inputs: Float32Array): Float32Array {
  const mean = inputs.reduce((sum, x) => sum + x, 0) / inputs.length;
  const deviation = Math.sqrt(inputs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / inputs.length) || 1;
  return inputs.map((x) => (x - mean) / deviation);
}
