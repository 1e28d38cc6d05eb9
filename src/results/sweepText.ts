import { decimalsFor, plain, plural, pointsWithUnit } from './format';
import type { CellValue, Summary, SweepSummary } from './summary';

const SEARCHES: Record<SweepSummary['search'], string> = {
  grid: 'all combinations',
  random: 'a random sample',
  halving: 'successive halving on validation loss',
};

/** What a sweep searched, chose and had confirmed, in sentences. */
export function sweepText(summary: Summary, sweep: SweepSummary): string[] {
  const cells = summary.arms.filter(({ cell, role }) => cell !== null && role !== 'confirmation').length;
  const searched = sweep.parameters.map(
    ({ label, values }) => `${label} ${values.map(valueText).join(', ')}`,
  );
  const title = (slug: string) => summary.arms.find((arm) => arm.slug === slug)?.title ?? slug;
  const chosen =
    sweep.winner === null
      ? 'None is chosen yet: that takes all of them.'
      : `Chosen on validation: ${title(sweep.winner)}.`;
  // Of one cell none is chosen.
  if (cells < 2) return [`${plural(cells, 'cell')}: ${searched.join('; ')}.`];
  return [
    `${plural(cells, 'cell')}, ${SEARCHES[sweep.search]} of ${searched.join('; ')}. ${chosen}`,
    ...(sweep.winner === null ? [] : [confirmed(summary, sweep)]),
  ];
}

function confirmed({ examples }: Summary, { optimism, confirmation }: SweepSummary): string {
  if (confirmation === null)
    return 'It was not repeated on fresh seeds, so its gain has the luck in it of being the best of many.';
  if (optimism === null) return 'Its repetition on fresh seeds is still to come.';
  const say = (share: number) => pointsWithUnit(share, decimalsFor(examples.validation));
  const lost = optimism.chosen - optimism.confirmed;
  const luck =
    lost > 0
      ? `Being the best of many had flattered it by ${say(lost).replace('+', '')}.`
      : 'Being the best of many had not flattered it.';
  return `Over its scratch it gained ${say(optimism.chosen)} on validation when it was chosen, and ${say(optimism.confirmed)} on fresh seeds. ${luck}`;
}

/** A parameter's value, as the file has it. */
export const valueText = (value: CellValue | undefined): string =>
  value === undefined ? '–' : typeof value === 'number' ? plain(value) : String(value);
