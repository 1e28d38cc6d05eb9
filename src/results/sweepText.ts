import { decimalsFor, plain, plural, pointsWithUnit } from './format';
import type { CellValue, Summary, SweepSummary } from './summary';

const SEARCHES: Record<SweepSummary['search'], string> = {
  grid: 'all combinations',
  random: 'a random sample',
  halving: 'successive halving on validation loss',
};

/** What a sweep searched, chose and confirmed, as sentences. */
export function sweepText(summary: Summary, sweep: SweepSummary): string[] {
  const cells = summary.arms.filter(({ cell, role }) => cell !== null && role !== 'confirmation').length;
  const searched = sweep.parameters.map(
    ({ label, values }) => `${label} ${values.map(valueText).join(', ')}`,
  );
  const title = (slug: string) => summary.arms.find((arm) => arm.slug === slug)?.title ?? slug;
  const chosen =
    sweep.winner === null
      ? 'None is chosen yet: all of them must finish first.'
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
    return 'It was not repeated on fresh seeds, so its gain includes the luck of being the best of many.';
  if (optimism === null) return 'Its repetition on fresh seeds is not finished yet.';
  const say = (share: number) => pointsWithUnit(share, decimalsFor(examples.validation));
  const lost = optimism.chosen - optimism.confirmed;
  const luck =
    lost > 0
      ? `Choosing the best of many had inflated it by ${say(lost).replace('+', '')}.`
      : 'Choosing the best of many had not inflated it.';
  return `Its gain over scratch on validation was ${say(optimism.chosen)} when it was chosen and ${say(optimism.confirmed)} on fresh seeds. ${luck}`;
}

/** A parameter's value, as the file has it. */
export const valueText = (value: CellValue | undefined): string =>
  value === undefined ? '–' : typeof value === 'number' ? plain(value) : String(value);
