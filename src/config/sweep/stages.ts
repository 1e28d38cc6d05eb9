import { scratchArm, type Draft } from '../arms';
import type { Arm, Experiment } from '../resolved';
import { withLearningRate } from './apply';
import { cellCount } from './cells';
import type { Stage } from './halving';
import { plainNumber } from '../wording';

/** Decisions that follow from the results so far, by slug; null until all results for a decision are known. */
export interface SweepDecisions {
  /** The cell with the best validation result. */
  winner: string | null;
  /** The scratch with the best validation result; only if scratch is tuned. */
  scratch: string | null;
  /** The stage of each cell in successive halving, by slug; empty for other searches. */
  stages: ReadonlyMap<string, Stage>;
}
export const NO_DECISIONS: SweepDecisions = { winner: null, scratch: null, stages: new Map() };

/** A tuned scratch tries learning rates from 1/SPREAD to SPREAD times that of the file. */
const SPREAD = 10;
const LEARNING_RATE = 'student.training.optimizer.learningRate';

/** The search for a tuned scratch, as large as the sweep: the winner's network and budget with other learning rates. */
export function tunedScratches(
  experiment: Experiment,
  arms: readonly Arm[],
  { winner }: SweepDecisions,
): Draft[] {
  const chosen = arms.find((arm) => arm.slug === winner);
  const { sweep, scratch } = experiment.config;
  if (chosen === undefined || sweep === undefined || scratch !== 'tuned') return [];
  const { setting } = chosen;
  const { learningRate } = setting.student.config.training.optimizer;
  const there = scratchCandidates(arms, chosen).map(rateOf);
  const count = cellCount(sweep);
  return Array.from({ length: count }, (_, i) => (count === 1 ? 0 : (2 * i) / (count - 1) - 1))
    .map((share) => Number((learningRate * SPREAD ** share).toPrecision(3)))
    .filter((rate, i, all) => all.indexOf(rate) === i && !there.includes(rate))
    .map((rate) => ({
      ...scratchArm(withLearningRate(setting, rate), chosen.transferClasses),
      title: `Scratch · learningRate ${plainNumber(rate)}`,
      role: 'cell',
      cell: { [LEARNING_RATE]: rate },
    }));
}

const rateOf = ({ setting }: Pick<Arm, 'setting'>) => setting.student.config.training.optimizer.learningRate;

/** The scratches that differ from an arm's own scratch at most in the learning rate. */
export function scratchCandidates(arms: readonly Arm[], arm: Arm): Arm[] {
  const key = ({ setting, transferClasses }: Pick<Arm, 'setting' | 'transferClasses'>) => {
    const { student, config } = withLearningRate(setting, 1);
    return JSON.stringify([student.config, config.data, transferClasses]);
  };
  return arms.filter((one) => one.scratch && one.role !== 'confirmation' && key(one) === key(arm));
}

/** The winner and its scratch on seeds that were not used for the selection; this pair becomes the headline. */
export function confirmations(experiment: Experiment, arms: readonly Arm[], choice: SweepDecisions): Draft[] {
  const { sweep, scratch } = experiment.config;
  const chosen = arms.find((arm) => arm.slug === choice.winner);
  const beside = arms.find((arm) => arm.slug === (scratch === 'tuned' ? choice.scratch : chosen?.pairedWith));
  const seeds = freshSeeds(experiment);
  if (sweep === undefined || chosen === undefined || beside === undefined || seeds.length === 0) return [];
  const again = ({ title, ...arm }: Arm): Draft => ({
    ...arm,
    title: `${title} · fresh seeds`,
    primary: false,
    role: 'confirmation',
    cell: null,
    seeds,
  });
  return [again(beside), { ...again(chosen), primary: experiment.config.primary === undefined }];
}

/** The seeds for the confirmation: the numbers after the largest seed of the file. */
export function freshSeeds({ seeds, config }: Experiment): number[] {
  const count = config.sweep === undefined ? 0 : (config.sweep.confirm ?? seeds.length);
  return Array.from({ length: count }, (_, i) => Math.max(...seeds) + 1 + i);
}
