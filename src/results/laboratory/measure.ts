import { cachingErrors, type Caching } from './caching';
import { perNetwork, sample, type Examples, type PerNetwork } from './examples';
import { temperatures } from './grid';
import { matchingLimit, scaledDivergence } from './softened';
import { meanOrderAgreement } from './order';
import { entropies, massOnLabels, meanDistance, soften } from './softened';
import { quantile } from '../../sampleStatistics';

/** Which quantiles of the entropy are kept, as shares. */
export const quantileShares = [0.1, 0.25, 0.5, 0.75, 0.9] as const;

/** What T does to the answers of a run, its teacher and its scratch: everything by temperature, bounded. */
export interface Measured {
  /** How many examples were looked at, of how many. */
  examples: { used: number; of: number };
  classes: number;
  temperatures: readonly number[];
  /** Entropy in bits: for each of `quantileShares` a line by temperature. */
  entropy: PerNetwork<number[][]>;
  /** Mean probability of the true class. */
  trueClass: PerNetwork<number[]>;
  /**
   * Mean L2 norm of the gradient of each term in the student's logits, before weighting: T·‖q − p‖ of the soft one with
   * its factor T² (without: divide by T²), ‖softmax(z_s) − y‖ of the hard one.
   */
  gradient: { soft: number[]; hard: number };
  /** Mean T²·KL to the student and what it tends to, in nats. */
  scaledDivergence: number[];
  matchingLimit: number;
  /** Mean Kendall correlation of the order of the wrong classes with the teacher's. */
  order: { student: number; scratch: number | null };
  caching: Caching;
}

/** @param all of validation data, N ≥ 1 */
export function measure(all: Examples): Measured {
  const examples = sample(all);
  const { classes, labels } = examples;
  const soft = temperatures.map((t) => perNetwork(examples, (logits) => soften(logits, classes, t)));
  const byNetwork = <To>(of: (softened: Float64Array[]) => To): PerNetwork<To> => ({
    teacher: of(soft.map(({ teacher }) => teacher)),
    student: of(soft.map(({ student }) => student)),
    scratch: examples.scratch && of(soft.flatMap(({ scratch }) => scratch ?? [])),
  });
  return {
    examples: { used: labels.length, of: all.labels.length },
    classes,
    temperatures,
    entropy: byNetwork((softened) => {
      const sorted = softened.map((p) => entropies(p, classes).sort());
      return quantileShares.map((share) => sorted.map((values) => quantile(values, share)));
    }),
    trueClass: byNetwork((softened) => softened.map((p) => massOnLabels(p, labels, classes))),
    gradient: {
      soft: soft.map(({ teacher, student }, i) => temperatures[i]! * meanDistance(student, teacher, classes)),
      hard: meanDistance(soften(examples.student, classes, 1), oneHot(examples), classes),
    },
    scaledDivergence: temperatures.map((t) =>
      scaledDivergence(examples.teacher, examples.student, classes, t),
    ),
    matchingLimit: matchingLimit(examples.teacher, examples.student, classes),
    order: meanOrderAgreement(examples),
    caching: cachingErrors(examples),
  };
}

function oneHot({ labels, classes }: Examples): Float64Array {
  const out = new Float64Array(labels.length * classes);
  for (let i = 0; i < labels.length; i++) out[i * classes + labels[i]!] = 1;
  return out;
}
