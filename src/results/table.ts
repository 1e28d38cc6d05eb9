import { decimalsFor, percentage, points, spread } from './format';
import { known, resultColumns, type ResultColumn } from './resultColumns';
import { shownArms } from './shown';
import type { ArmSummary, Comparison, Summary } from './summary';

/** The same cells in the terminal and in the report: plain text, the first column names the row. */
export interface Table {
  head: string[];
  rows: { kind: ArmSummary['kind'] | 'difference'; cells: string[] }[];
}

export const UNKNOWN = '–';
/** Two rows an arm; those of the others are in the panel. */
const MOST_SEED_ROWS = 12;

/** A row for the teacher, scratch and each distilled arm that is shown individually. */
export function resultTable(
  summary: Summary,
  wanted = Object.keys(resultColumns) as readonly ResultColumn[],
): Table {
  const chosen = wanted.map((column) => resultColumns[column]);
  return {
    head: ['', ...chosen.map(({ head }) => head(summary))],
    rows: rowsOf(summary).map((arm) => ({
      kind: arm.kind,
      cells: [
        arm.kind === 'teacher' ? `Teacher ${arm.title}` : arm.title,
        ...chosen.map(({ cell }) => cell(arm, summary) ?? UNKNOWN),
      ],
    })),
  };
}

/** Every seed of scratch and the first distilled arms in percent, and under each arm its paired differences in points. */
export function seedTable(summary: Summary): Table {
  const { part, examples, planned } = summary;
  const decimals = decimalsFor(examples[part]);
  const { scratches, arms } = shownArms(summary, MOST_SEED_ROWS);
  const students = [...scratches, ...arms];
  const seeds = [...new Set(students.flatMap((arm) => arm.seeds.map(({ seed }) => seed)))].sort(
    (a, b) => a - b,
  );
  const accuracies = (arm: ArmSummary) => ({
    kind: arm.kind,
    cells: [
      arm.title,
      ...seeds.map((seed) => {
        const run = arm.seeds.find((one) => one.seed === seed);
        if (!run) return UNKNOWN;
        return run[part] === null || run.status !== 'finished' ? run.status : percentage(run[part], decimals);
      }),
      known(arm[part], (value) => spread(value, examples[part], planned.seeds)) ?? UNKNOWN,
    ],
  });
  const differences = ({ perSeed, mean, decimals: shown }: Comparison) => ({
    kind: 'difference' as const,
    cells: [
      'difference, pp',
      ...seeds.map(
        (seed) =>
          known(perSeed.find((one) => one.seed === seed)?.difference ?? null, (d) => points(d, shown)) ??
          UNKNOWN,
      ),
      known(mean, (d) => points(d, shown)) ?? UNKNOWN,
    ],
  });
  return {
    head: [`${part}, %`, ...seeds.map((seed) => `seed ${seed}`), 'mean ± sd'],
    rows: students.flatMap((arm) => [
      accuracies(arm),
      ...summary.comparisons.filter((one) => one.arm === arm.slug).map(differences),
    ]),
  };
}

function rowsOf(summary: Summary): ArmSummary[] {
  const { scratches, arms } = shownArms(summary);
  return [...(summary.teacher ? [summary.teacher] : []), ...scratches, ...arms];
}
