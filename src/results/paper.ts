import type { Figure, PaperConfig } from '../config/paper';
import { accuracy, count, fixed, percent, plain, pointsWithUnit } from './format';
import type { ArmSummary, BiasSummary, CellValue, Comparison, Summary } from './summary';
import { own } from '../own';

/** A figure of a paper, as printed, and what this experiment comes to; null before that is known. */
export interface PaperRow {
  what: string;
  theirs: string;
  ours: string | null;
}

/** Ours is derived from the summary, never written down. */
export const paperRows = ({ figures }: PaperConfig, summary: Summary): PaperRow[] =>
  figures.map((figure) => ({ what: figure.what, theirs: figure.value, ours: ours(figure, summary) }));

function ours(figure: Figure, summary: Summary): string | null {
  const { part, examples } = summary;
  switch (figure.ours) {
    case 'testErrors': {
      const errors = each(figure, summary, ({ testErrors }) => testErrors && fixed(testErrors, 1));
      return errors && `${errors} of ${count(examples.test)}`;
    }
    case 'accuracy':
      return each(figure, summary, (arm) => arm[part] && accuracy(arm[part].mean, examples[part]));
    case 'agreement':
      return each(figure, summary, ({ agreement }) => agreement && accuracy(agreement.mean, examples[part]));
    case 'gain':
      return compared(figure, summary, (one) => gain(one));
    case 'gapClosed':
      return compared(figure, summary, (one) => (one.gapClosed === null ? null : percent(one.gapClosed)));
    case 'biasCorrected':
      return each(figure, summary, ({ bias }) => bias && corrected(bias, 'all', examples[part]));
    case 'missingClasses':
      return each(figure, summary, ({ bias }) => bias && corrected(bias, 'missing', examples[part]));
    case 'bestTemperature':
      return bestTemperatures(summary);
  }
}

const HEADLINE = ['headline'];

/** “teacher / scratch / distilled” of the file: null where one of them is not known. */
function each(figure: Figure, summary: Summary, tell: (arm: ArmSummary) => string | 0 | null | undefined) {
  const told = (figure.of ?? HEADLINE).map((name) => {
    const arm = armOf(name, summary);
    return (arm && tell(arm)) || null;
  });
  return told.includes(null) ? null : told.join(' / ');
}

function armOf(name: string, { teacher, scratch, otherScratches, arms, comparisons }: Summary) {
  const headline = comparisons.find((one) => one.primary)?.arm;
  if (name === 'teacher') return teacher;
  if (name === 'scratch') return scratch;
  return [...arms, ...otherScratches].find((arm) =>
    name === 'headline' ? arm.slug === headline : arm.title === name,
  );
}

function compared(figure: Figure, summary: Summary, tell: (one: Comparison) => string | null): string | null {
  const told = (figure.of ?? HEADLINE).map((name) => {
    const slug = armOf(name, summary)?.slug;
    const one = summary.comparisons.find(({ arm }) => arm === slug);
    return one ? tell(one) : null;
  });
  return told.includes(null) ? null : told.join(' / ');
}

function gain({ mean, interval, decimals }: Comparison): string | null {
  if (mean === null) return null;
  const points = (share: number) => pointsWithUnit(share, decimals);
  return interval === null
    ? points(mean)
    : `${points(mean)} (${percent(interval.level)} CI ${points(interval.low)} to ${points(interval.high)})`;
}

function corrected(bias: BiasSummary, of: 'all' | 'missing', examples: number): string | null {
  const { before, after, onTest, fitted } = bias;
  const [raw, own] = [before[of], after[of]];
  if (!raw || !own) return null;
  const say = (value: { mean: number }) => accuracy(value.mean, examples);
  const theirs = onTest?.after[of];
  const asInPaper = theirs ? `; fitted on test, as in the paper: ${say(theirs)}` : '';
  return `${say(raw)}, with a bias of ${fixed(fitted.mean, 1)} fitted on validation ${say(own)}${asInPaper}`;
}

/** For each value of the sweep's other parameters, the temperature with the best mean on validation. */
function bestTemperatures({ sweep, arms, examples }: Summary): string | null {
  if (!sweep?.parameters.some(({ path }) => path === 'temperature')) return null;
  const others = sweep.parameters.filter(({ path }) => path !== 'temperature');
  const cells = arms.filter(
    (arm) => arm.cell !== null && arm.validation !== null && arm.role !== 'confirmation',
  );
  const settings = others.reduce<[string, CellValue][][]>(
    (before, { path, values }) =>
      before.flatMap((some) => values.map((value): [string, CellValue][] => [...some, [path, value]])),
    [[]],
  );
  const told = settings.flatMap((setting) => {
    const fitting = cells.filter(({ cell }) => setting.every(([path, value]) => own(cell, path) === value));
    const [best] = fitting.sort((a, b) => b.validation!.mean - a.validation!.mean);
    if (!best) return [];
    const name = setting
      .map(([path, value]) => `${others.find((one) => one.path === path)!.label} ${String(value)}: `)
      .join('');
    const temperature = plain(Number(best.cell?.['temperature']));
    return `${name}T ${temperature} (${accuracy(best.validation!.mean, examples.validation)} on validation)`;
  });
  return told.length === 0 ? null : told.join(' · ');
}
