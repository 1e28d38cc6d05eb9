import { count, points, percent } from '../format';
import { own } from '../../own';

/** What of an arm's training is looked at. */
export interface Trained {
  title: string;
  optimizer: 'sgd' | 'adam' | 'adamw';
  /** Weight of each term of the loss, as resolved. */
  weights: Record<string, number>;
  /** Planned steps. */
  steps: number;
  seeds: {
    /** On validation data, by step. */
    evaluations: { step: number; accuracy: number; loss: number }[];
    /** Mean norm of the gradient of each weighted term over the second half of the training. */
    gradients: Record<string, number>;
  }[];
}

export interface Warning {
  kind: 'adam' | 'converging';
  /** Titles of the arms. */
  arms: string[];
  text: string;
  /** What to do about it. */
  remedy: string;
}

/** From this share on the other term has almost no effect. */
const DOMINANT = 0.95;
/** What the last quarter may still bring: half a point of accuracy, a twentieth of the loss. */
const RISE = 0.005;
const FALL = 0.05;

/** Where comparing the temperatures of these arms is not fair, and how to make it fair. */
export const warningsOf = (arms: readonly Trained[]): Warning[] => [
  ...alone(arms),
  ...dominated(arms),
  ...converging(arms),
];

const isAdam = ({ optimizer }: Trained) => optimizer !== 'sgd';
const terms = ({ weights }: Trained) => Object.keys(weights).filter((term) => own(weights, term)! > 0);

/** Adam divides by the size of the gradient (Kingma, Ba 2015, §2.1): where one term is the whole loss, its weight cancels. */
function alone(arms: readonly Trained[]): Warning[] {
  const found = arms.filter((arm) => isAdam(arm) && terms(arm).length === 1);
  if (found.length === 0) return [];
  return [
    {
      kind: 'adam',
      arms: found.map(({ title }) => title),
      text: 'One term is the whole loss here, and Adam divides each step by the size of the gradient: neither the weight nor the factor T² changes the step size.',
      remedy: 'Compare each temperature at its own best learning rate, or with sgd.',
    },
  ];
}

function dominated(arms: readonly Trained[]): Warning[] {
  return arms.filter(isAdam).flatMap((arm): Warning[] => {
    const [term, share] = largestShare(arm);
    if (terms(arm).length < 2 || share <= DOMINANT) return [];
    return [
      {
        kind: 'adam',
        arms: [arm.title],
        text: `The ${term} term has ${percent(share, 0)} of the gradient, and Adam divides each step by its size: changing its weight or the factor T² would hardly change the step size.`,
        remedy: 'Give the other term more weight, or compare each temperature at its own best learning rate.',
      },
    ];
  });
}

function largestShare({ seeds }: Trained): [term: string, share: number] {
  const sums = new Map<string, number>();
  for (const { gradients } of seeds)
    for (const [term, norm] of Object.entries(gradients)) sums.set(term, (sums.get(term) ?? 0) + norm);
  const total = [...sums.values()].reduce((a, b) => a + b, 0);
  const [term = '', norm = 0] = [...sums].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  return [term, total > 0 ? norm / total : 0];
}

/** Arms whose every seed was better in the last quarter of its budget than in the one before, by more than noise. */
function converging(arms: readonly Trained[]): Warning[] {
  return arms.flatMap((arm): Warning[] => {
    const what = improvementOf(arm);
    if (what === null) return [];
    return [
      {
        kind: 'converging',
        arms: [arm.title],
        text: `Still improving at the end of its ${count(arm.steps)} steps: ${what} from the third quarter to the last. A higher T converges more slowly.`,
        remedy: 'Give every arm more steps, or a higher learning rate, before judging T.',
      },
    ];
  });
}

/** What still improved, by how much; null where nothing did. */
export function improvementOf(arm: {
  steps: number;
  seeds: readonly Pick<Trained['seeds'][number], 'evaluations'>[];
}): string | null {
  const trends = arm.seeds.flatMap(({ evaluations }) => {
    const third = meanOf(evaluations, 0.5 * arm.steps, 0.75 * arm.steps);
    const last = meanOf(evaluations, 0.75 * arm.steps, arm.steps);
    return third && last
      ? [{ rise: last.accuracy - third.accuracy, fall: (third.loss - last.loss) / third.loss }]
      : [];
  });
  if (trends.length === 0) return null;
  const mean = (of: 'rise' | 'fall') => trends.reduce((sum, trend) => sum + trend[of], 0) / trends.length;
  const every = (of: 'rise' | 'fall') => trends.every((trend) => trend[of] > 0);
  const [rise, fall] = [mean('rise'), mean('fall')];
  if (rise >= RISE && every('rise'))
    return `validation accuracy rose by ${points(rise, 1).replace('+', '')} pp`;
  return fall >= FALL && every('fall') ? `validation loss fell by ${percent(fall, 0)}` : null;
}

/** Over the evaluations after `from`, up to `to`; null where there are none. */
function meanOf(evaluations: Trained['seeds'][number]['evaluations'], from: number, to: number) {
  const inside = evaluations.filter(({ step }) => step > from && step <= to);
  if (inside.length === 0) return null;
  const mean = (of: 'accuracy' | 'loss') => inside.reduce((sum, one) => sum + one[of], 0) / inside.length;
  return { accuracy: mean('accuracy'), loss: mean('loss') };
}
