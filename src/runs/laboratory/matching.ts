import { groupsBut, TEMPERATURE, type Cells } from '../../results/laboratory/cells';
import type { MatchingAgreement } from '../../results/laboratory/laboratory';
import { spread } from '../../sampleStatistics';
import { weightOfLabels } from '../../methods/ofRun';
import type { ArmSummary, Summary } from '../../results/summary';
import { agreement } from '../../tasks/classification';
import { readPredictions } from '../runInput';
import type { Specs } from './cells';
import type { PromiseCache } from './promiseCache';
import { studentsOf } from './students';

const LOGIT_MATCHING = 'logitMatching';

/**
 * Top-1 agreement on validation data of each temperature’s students with the student of logit matching of the same seed.
 * Null where there is no such arm, or fewer than two temperatures beside it.
 */
export async function readMatching(
  summary: Summary,
  specs: Specs,
  cells: Cells,
  kept: PromiseCache<number | null>,
): Promise<MatchingAgreement[] | null> {
  const matching = summary.arms.find((arm) => specs.get(arm)?.method.id === LOGIT_MATCHING);
  if (matching === undefined) return null;
  const weightOf = (arm: ArmSummary | undefined) => {
    const method = arm && specs.get(arm)?.method;
    return method && weightOfLabels(method);
  };
  const armOf = (slug: string) => summary.arms.find((arm) => arm.slug === slug);
  const alike = (inside: Cells['cells']) => weightOf(armOf(inside[0]?.slug ?? '')) === weightOf(matching);
  // Of the settings that were tried at several temperatures those that weigh the labels as logit matching did.
  const group = groupsBut(cells, TEMPERATURE)
    .map(({ cells: inside }) => inside)
    .filter((inside) => inside.length > 1)
    .toSorted((a, b) => Number(alike(b)) - Number(alike(a)) || b.length - a.length)[0];
  if (group === undefined) return null;
  const others = studentsOf(summary, matching);
  const found: MatchingAgreement[] = [];
  for (const { title, values, seeds } of group) {
    const shares: number[] = [];
    for (const { seed, folder } of seeds) {
      const other = others.find((one) => one.seed === seed)?.folder;
      const share = other && (await kept.get(`${folder} ${other}`, () => agree(folder, other)));
      if (typeof share === 'number') shares.push(share);
    }
    const known = spread(shares);
    if (known) found.push({ title, temperature: Number(values[TEMPERATURE]), agreement: known });
  }
  return found.length > 1 ? found.sort((a, b) => a.temperature - b.temperature) : null;
}

async function agree(a: string, b: string): Promise<number | null> {
  const [one, other] = [await readPredictions(a, 'validation'), await readPredictions(b, 'validation')];
  if (one === null || other?.logits.length !== one.logits.length) return null;
  return agreement(one.logits, other.logits, one.logits.length / one.labels.length);
}
