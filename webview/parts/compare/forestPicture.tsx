import { decimalsFor, percentage, plural, points, holmNote, verdictWord } from '../../../src/results/format';
import type { ArmRow } from '../../models/armRows';
import { differenceAxis, measureAxis } from '../../models/forest';
import { type Measure, latencyOf, measures } from '../../models/measures';
import type { Picture } from '../../picture/picture';
import { Words } from '../../picture/plane';
import { AxisTexts, Interval, Strip } from './marks';

const ROW = 26;
const NAME = 220;
const NUMBER = 64;
const STRIP = 150;
const VERDICT = 220;

/** The table of arms as one picture, for a file: on the page it is a real table. */
export function forestPicture(
  experiment: string,
  rows: readonly ArmRow[],
  measure: Measure,
  examples: number,
): Picture {
  const kind = measures[measure];
  const decimals = decimalsFor(examples);
  const differences = differenceAxis(rows);
  const values = measureAxis(rows, measure);
  const part = rows[0]?.part ?? 'validation';
  return {
    id: 'arms',
    title: 'Methods',
    caption: `${kind.title.toLowerCase()}${kind.unit && `, ${kind.unit}`} · difference to scratch in accuracy, pp${part === 'test' ? ', 95 % CI' : ''} · ${part}`,
    fileName: `${experiment}-methods`,
    spoken: plural(rows.length, 'arm'),
    table: {
      columns: [
        ...['experiment', 'arm', 'kind', 'role', 'part', 'seeds', `${measure}, mean`, `${measure}, sd`],
        ...['difference', 'interval low', 'interval high', 'level', 'p (Holm)', 'verdict'],
        ...['agreement', 'ece', 'nll', 'parameters', 'bytes', 'latency, µs'],
        ...['seed', `${measure} of the seed`, 'difference of the seed'],
      ].map((name) => ({ name })),
      rows: rows.flatMap(({ arm, comparison, experiment: other, part: of }) => {
        const { interval = null } = comparison ?? {};
        const common = [
          ...[other ?? experiment, arm.title, arm.kind, arm.role, of, kind.of(arm, of)?.n ?? 0],
          ...[kind.of(arm, of)?.mean ?? null, kind.of(arm, of)?.sd ?? null, comparison?.mean ?? null],
          ...[
            interval?.low ?? null,
            interval?.high ?? null,
            interval?.level ?? null,
            comparison?.pHolm ?? null,
            comparison?.verdict ?? null,
          ],
          ...[arm.agreement?.mean ?? null, arm.ece?.mean ?? null, arm.nll?.mean ?? null],
          ...[arm.parameters, arm.bytes, latencyOf(arm)],
        ];
        return arm.seeds.map((seed) => [
          ...common,
          seed.seed,
          kind.ofSeed(seed, of),
          comparison?.perSeed.find((one) => one.seed === seed.seed)?.difference ?? null,
        ]);
      }),
    },
    draw: (width, palette) => {
      const forest = Math.max(180, width - NAME - 2 * NUMBER - STRIP - VERDICT);
      const at = { value: NAME + NUMBER - 8, strip: NAME + NUMBER, gain: NAME + 2 * NUMBER + STRIP - 8 };
      const left = NAME + 2 * NUMBER + STRIP;
      const height = rows.length * ROW + 30;
      return {
        width: left + forest + VERDICT,
        height,
        content: (
          <>
            {rows.map((row, i) => {
              const y = i * ROW + ROW / 2;
              const mean = kind.of(row.arm, row.part)?.mean;
              const name = row.experiment === null ? row.title : `${row.title} (${row.experiment})`;
              return (
                <g key={row.key}>
                  <Words at={[4, y]} anchor="start" ink={palette.foreground}>
                    {name}
                  </Words>
                  <Words at={[at.value, y]} anchor="end" ink={palette.foreground}>
                    {mean === undefined
                      ? '–'
                      : kind.scale === 100
                        ? percentage(mean, decimals)
                        : kind.bare(mean, examples)}
                  </Words>
                  <g transform={`translate(${at.strip} 0)`}>
                    <Strip row={row} axis={values} width={STRIP} y={y} palette={palette} measure={measure} />
                  </g>
                  {row.comparison && row.comparison.mean !== null && (
                    <Words at={[at.gain, y]} anchor="end" ink={palette.foreground}>
                      {points(row.comparison.mean, row.comparison.decimals)}
                    </Words>
                  )}
                  <g transform={`translate(${left} 0)`}>
                    <Interval
                      row={row}
                      axis={differences}
                      width={forest}
                      y={y}
                      palette={palette}
                      height={ROW}
                    />
                  </g>
                  <Words at={[left + forest + 6, y]} anchor="start" ink={palette.foreground}>
                    {row.comparison?.part === 'test'
                      ? [verdictWord(row.comparison), holmNote(row.comparison)].filter(Boolean).join(', ')
                      : ''}
                  </Words>
                </g>
              );
            })}
            <g transform={`translate(${left} ${rows.length * ROW})`}>
              <AxisTexts axis={differences} width={forest} y={14} palette={palette} />
            </g>
          </>
        ),
      };
    },
  };
}
