import {
  accuracy,
  bytes,
  count,
  decimalsFor,
  duration,
  fixed,
  latency,
  loss,
  operations,
  percentage,
  points,
  ratio,
  trainingTimeHead,
} from '../../../src/results/format';
import type { ComponentChildren } from 'preact';
import type { ArmSummary, Spread, Summary } from '../../../src/results/summary';
import { Mark } from '../shared/mark';

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

/** Mean ± sd; n is said where it is not the plan's. */
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
  const each = (title: string, say: (arm: ArmSummary) => string, against = '', better = false): Row => ({
    title,
    cells: [of(teacher, say), of(scratch, say), say(distilled)],
    against,
    better,
  });
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
          `Errors of ${count(examples.test)}, mean`,
          (arm) => of(arm.testErrors, (errors) => fixed(errors, 1)),
          errorGain,
          isBetter((arm) => arm.testErrors, 'low'),
        ),
    each(
      'Agreement with teacher',
      (arm) => of(arm.agreement, (a) => accuracy(a.mean, examples[summary.part])),
      '',
      isBetter((arm) => arm.agreement?.mean, 'high'),
    ),
    each(
      'Calibration error (ECE, T 1)',
      (arm) => of(arm.ece, (e) => accuracy(e.mean, 1000)),
      '',
      isBetter((arm) => arm.ece?.mean, 'low'),
    ),
    each(
      'ECE, temperature scaled',
      (arm) => (sealed ? 'sealed' : of(arm.scaled, ({ ece }) => accuracy(ece.mean, 1000))),
      '',
      !sealed && isBetter((arm) => arm.scaled?.ece.mean, 'low'),
    ),
    each(
      'NLL, nats',
      (arm) => of(arm.nll, (nll) => loss(nll.mean)),
      '',
      isBetter((arm) => arm.nll?.mean, 'low'),
    ),
    each(
      'Brier score',
      (arm) => of(arm.brier, (brier) => loss(brier.mean)),
      '',
      isBetter((arm) => arm.brier?.mean, 'low'),
    ),
    each(
      'Parameters',
      (arm) => of(arm.parameters, count),
      times(teacher?.parameters, distilled.parameters, 'fewer', 'more'),
    ),
    each(
      'Size, float32',
      (arm) => of(arm.bytes, bytes),
      times(teacher?.bytes, distilled.bytes, 'smaller', 'larger'),
    ),
    each(
      'Multiply–adds',
      (arm) => of(arm.multiplyAdds, operations),
      times(teacher?.multiplyAdds, distilled.multiplyAdds, 'fewer', 'more'),
    ),
    ...(['batch1', 'batch32'] as const).flatMap((batch) =>
      (['median', 'p95'] as const).map((which) =>
        each(
          `Latency, ${batch.replace('batch', 'batch ')}, ${which}`,
          (arm) => of(arm.latency[batch]?.[which], latency),
          // The slowest calls tell what else the machine did then: no ratio is made of them.
          which === 'p95'
            ? ''
            : times(teacher?.latency[batch]?.[which], distilled.latency[batch]?.[which], 'faster', 'slower'),
        ),
      ),
    ),
    each('Peak memory, inference', (arm) => of(arm.peakMemory.inference, bytes)),
    each(capitalized(trainingTimeHead(summary)), (arm) => of(arm.trainingSeconds, duration)),
    each('CPU time per seed', (arm) => of(arm.cpuSeconds, duration)),
    each('Peak memory, training', (arm) => of(arm.peakMemory.training, bytes)),
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
