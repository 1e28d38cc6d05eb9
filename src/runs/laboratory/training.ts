import type { Trained } from '../../results/laboratory/warnings';
import type { Summary } from '../../results/summary';
import type { RunEvent } from '../files';
import { readEvents } from '../tail';
import type { Specs } from './cells';
import type { PromiseCache } from './promiseCache';
import { studentArms, studentsOf } from './students';
import { own } from '../../own';

type SeedTraining = Trained['seeds'][number];

/** Events are long: of an arm these many seeds are looked at. */
const MOST_SEEDS = 2;

/** How every arm was trained and where its training was going when it ended. */
export function readTrainings(
  summary: Summary,
  specs: Specs,
  kept: PromiseCache<SeedTraining>,
): Promise<Trained[]> {
  const arms = studentArms(summary).flatMap((arm) => {
    const spec = specs.get(arm);
    return spec && arm.role !== 'confirmation' ? [{ arm, spec }] : [];
  });
  return Promise.all(
    arms.map(async ({ arm, spec }) => ({
      title: arm.title,
      optimizer: spec.training.optimizer.type,
      weights: arm.kind === 'scratch' ? {} : spec.method.weights,
      steps: spec.steps,
      seeds: await Promise.all(
        studentsOf(summary, arm)
          .slice(0, MOST_SEEDS)
          .map(({ folder }) => kept.get(folder, () => readTraining(folder, spec.steps))),
      ),
    })),
  );
}

async function readTraining(folder: string, steps: number): Promise<SeedTraining> {
  const events = await readEvents(folder);
  return {
    evaluations: events.flatMap((event) =>
      event.event === 'evaluation'
        ? [{ step: event.step, accuracy: event.validation.accuracy, loss: event.validation.loss }]
        : [],
    ),
    gradients: meanNorms(events.filter(({ step }) => step > steps / 2)),
  };
}

function meanNorms(events: readonly RunEvent[]): Record<string, number> {
  const measured = events.flatMap((event) => (event.event === 'gradient' ? [event.norms] : []));
  const terms = [...new Set(measured.flatMap((norms) => Object.keys(norms)))];
  return Object.fromEntries(
    terms.map((term) => [
      term,
      measured.reduce((sum, norms) => sum + (own(norms, term) ?? 0), 0) / measured.length,
    ]),
  );
}
