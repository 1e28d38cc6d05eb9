import {
  accuracy,
  decimalsFor,
  fixed,
  latency,
  percentage,
  points,
  ratio,
} from '../../../src/results/format';
import type { ComponentChildren } from 'preact';
import { resultColumns, type ResultColumn } from '../../../src/results/resultColumns';
import type { ArmSummary, Spread, Summary } from '../../../src/results/summary';
import { Mark } from '../shared/icon';

interface Row {
  title: string;
  cells: [ComponentChildren, ComponentChildren, ComponentChildren];
  against: ComponentChildren;
  /** The distilled student is better than scratch in this. */
  better?: boolean;
}

const none = '–';
const of = <Value,>(value: Value | null | undefined, say: (value: Value) => string): string =>
  value === null || value === undefined ? none : say(value);

/** Mean ± sd; n is shown if it differs from the plan's. */
export function Mean(props: { spread: Spread | null; examples: number; planned: number; bare?: boolean }) {
  const { spread, examples, planned } = props;
  if (!spread) return <>{none}</>;
  return (
    <>
      <span class="value">
        {props.bare ? percentage(spread.mean, decimalsFor(examples)) : accuracy(spread.mean, examples)}
      </span>
      {spread.n > 1 && spread.n === planned && (
        <span class="aside"> ± {percentage(spread.sd, decimalsFor(examples))}</span>
      )}
      {planned > 1 && spread.n !== planned && <span class="aside"> n = {spread.n}</span>}
    </>
  );
}

/** How many times smaller; nothing where there is no gain to tell of. */
function times(
  teacher: number | null | undefined,
  student: number | null | undefined,
  less: string,
  more: string,
) {
  if (!teacher || !student) return '';
  return teacher >= student ? `${ratio(teacher / student)} ${less}` : `${ratio(student / teacher)} ${more}`;
}

function rowsOf(summary: Summary, distilled: ArmSummary): Row[] {
  const { teacher, scratch, examples, planned } = summary;
  const isBetter = (of: (arm: ArmSummary) => number | null | undefined, better: 'high' | 'low') => {
    const [own, alone] = [of(distilled) ?? null, scratch && (of(scratch) ?? null)];
    if (own === null || alone === null) return false;
    return better === 'high' ? own > alone : own < alone;
  };
  const accuracyRow = (part: 'validation' | 'test'): Row => {
    const against = teacher?.[part] && distilled[part] ? distilled[part].mean - teacher[part].mean : null;
    const mean = (arm: ArmSummary | null, seeds: number) => (
      <Mean spread={arm?.[part] ?? null} examples={examples[part]} planned={seeds} />
    );
    return {
      title: part === 'test' ? 'Test accuracy' : 'Validation accuracy',
      better: isBetter((arm) => arm[part]?.mean, 'high'),
      cells: [
        mean(teacher, teacher?.[part]?.n ?? 1),
        mean(scratch, planned.seeds),
        mean(distilled, planned.seeds),
      ],
      against: of(against, (difference) => `${points(difference, decimalsFor(examples[part]))} pp`),
    };
  };
  const row = (title: string, say: (arm: ArmSummary) => string, against = '', better = false): Row => ({
    title,
    cells: [of(teacher, say), of(scratch, say), say(distilled)],
    against,
    better,
  });
  const each = (column: ResultColumn, against = '', better = false): Row => {
    const { head, cell } = resultColumns[column];
    return row(capitalized(head(summary)), (arm) => cell(arm, summary) ?? none, against, better);
  };
  const sealed = summary.part === 'validation';
  const errorGain =
    distilled.testErrors !== null && scratch && scratch.testErrors !== null
      ? `${fixed(distilled.testErrors - scratch.testErrors, 1, { signDisplay: 'exceptZero' })} against scratch`
      : '';
  return [
    accuracyRow(summary.part),
    sealed
      ? {
          title: 'Test accuracy',
          cells: [<Sealed key="t" />, <Sealed key="s" />, <Sealed key="d" />],
          against: 'opens at the end',
        }
      : each(
          'errors',
          errorGain,
          isBetter((arm) => arm.testErrors, 'low'),
        ),
    each(
      'agreement',
      '',
      isBetter((arm) => arm.agreement?.mean, 'high'),
    ),
    each(
      'calibration',
      '',
      isBetter((arm) => arm.ece?.mean, 'low'),
    ),
    each('scaledCalibration', '', !sealed && isBetter((arm) => arm.scaled?.ece.mean, 'low')),
    each(
      'nll',
      '',
      isBetter((arm) => arm.nll?.mean, 'low'),
    ),
    each(
      'brier',
      '',
      isBetter((arm) => arm.brier?.mean, 'low'),
    ),
    each('parameters', times(teacher?.parameters, distilled.parameters, 'fewer', 'more')),
    each('size', times(teacher?.bytes, distilled.bytes, 'smaller', 'larger')),
    each('multiplyAdds', times(teacher?.multiplyAdds, distilled.multiplyAdds, 'fewer', 'more')),
    ...(['batch1', 'batch32'] as const).flatMap((batch) =>
      (['median', 'p95'] as const).map((which) =>
        row(
          `Latency, ${batch.replace('batch', 'batch ')}, ${which}`,
          (arm) => of(arm.latency[batch]?.[which], latency),
          // The slowest calls tell what else the machine did then: no ratio is made of them.
          which === 'p95'
            ? ''
            : times(teacher?.latency[batch]?.[which], distilled.latency[batch]?.[which], 'faster', 'slower'),
        ),
      ),
    ),
    each('memory'),
    each('training'),
    each('processor'),
    each('trainingMemory'),
  ];
}

const capitalized = (text: string) => `${text[0]!.toUpperCase()}${text.slice(1)}`;

const Sealed = () => <span class="aside">sealed</span>;

/** Teacher, scratch and the headline arm side by side. */
export function ResultTable({ summary, distilled }: { summary: Summary; distilled: ArmSummary }) {
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label="Results">
      <table class="results">
        <thead>
          <tr>
            <td />
            {(['teacher', 'scratch', 'distilled'] as const).map((kind) => (
              <th key={kind} scope="col">
                <Mark kind={kind} /> {kind[0]?.toUpperCase() + kind.slice(1)}
              </th>
            ))}
            <th scope="col" class="aside">
              against teacher
            </th>
          </tr>
        </thead>
        <tbody>
          {rowsOf(summary, distilled).map((row) => (
            <tr key={row.title}>
              <th scope="row">{row.title}</th>
              {row.cells.map((cell, i) => (
                <td key={i} class={i === 2 && row.better ? 'better' : ''}>
                  {cell}
                </td>
              ))}
              <td class="aside">{row.against}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
