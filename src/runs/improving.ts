import { improvementOf } from '../results/laboratory/warnings';
import type { Summary } from '../results/summary';
import type { Plan } from './plan';
import { readEvents } from './tail';

/** Events are long: of an arm these many seeds are looked at. */
const MOST_SEEDS = 2;

/** Slugs of the arms that gained nothing, or lost, and were still improving when their steps were over. */
export async function improvingArms({ arms, comparisons }: Summary, { drafts }: Plan): Promise<string[]> {
  const asked = arms.filter(({ slug, role }) => {
    const verdict = comparisons.find(({ arm }) => arm === slug)?.verdict;
    return role !== 'cell' && (verdict === 'HURTS' || verdict === 'NO BEATS');
  });
  const found = await Promise.all(
    asked.map(async ({ slug, seeds }) => {
      const steps = [...drafts.values()].find(({ arm }) => arm?.slug === slug)?.steps ?? seeds[0]?.steps ?? 0;
      const some = seeds.filter(({ status }) => status === 'finished').slice(0, MOST_SEEDS);
      const trained = { steps, seeds: await Promise.all(some.map(({ folder }) => evaluationsIn(folder))) };
      return improvementOf(trained) === null ? [] : [slug];
    }),
  );
  return found.flat();
}

async function evaluationsIn(folder: string) {
  const events = await readEvents(folder);
  return {
    evaluations: events.flatMap((event) =>
      event.event === 'evaluation'
        ? [{ step: event.step, accuracy: event.validation.accuracy, loss: event.validation.loss }]
        : [],
    ),
  };
}
