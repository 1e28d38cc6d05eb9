import { plural, roughly } from '../results/format';
import { estimateSeconds, trainersOf } from './estimate';
import { countRemainingTrainings } from './futureRuns';
import type { Prepared } from './prepare';

/** What pressing Run would do: all unfinished trainings, including the teacher's and those that results will add. */
export interface Workload {
  trainings: number;
  /** Null if unknown. */
  seconds: number | null;
}

export async function workloadOf(prepared: Prepared): Promise<Workload> {
  const { experiment, plan } = prepared;
  if (experiment === null || plan === null) return { trainings: 0, seconds: null };
  const trainings = await countRemainingTrainings(experiment, plan);
  return {
    trainings,
    seconds: trainings === 0 ? 0 : await estimateSeconds(prepared, trainersOf(experiment)),
  };
}

/** "16 trainings, about 27 s": the same words everywhere. */
export const workloadText = ({ trainings, seconds }: Workload): string =>
  `${plural(trainings, 'training')}${seconds === null || trainings === 0 ? '' : `, about ${roughly(seconds)}`}`;
