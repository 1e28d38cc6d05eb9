import type { Probe, Snapshot } from '../../src/messages';
import { measure, type Measured } from '../../src/results/laboratory/measure';

/** The probe of a row, or the row that was asked for, once it is there. */
export function exampleShown({ probes, example }: Snapshot, row: number | null): Probe | null {
  const probe = probes.find((one) => one.row === row);
  const found = example?.row === row ? (example.found ?? null) : null;
  if (!probe) return found;
  // Scratch saved other examples while it trained: its prediction for this one comes with the row.
  return probe.scratch === null && found ? { ...probe, scratch: found.scratch } : probe;
}

/** Of the probes alone, while a run is still training; null where none has both networks' logits. */
export function measuredOf(probes: readonly Probe[]): Measured | null {
  const pairs = probes.flatMap(({ label, teacher, student, scratch }) =>
    teacher && student ? [{ label, teacher, student, scratch }] : [],
  );
  const [first] = pairs;
  if (first === undefined) return null;
  const alone = pairs.flatMap(({ scratch }) => (scratch ? [scratch] : []));
  return measure({
    labels: pairs.map(({ label }) => label),
    classes: first.teacher.length,
    teacher: pairs.flatMap(({ teacher }) => teacher),
    student: pairs.flatMap(({ student }) => student),
    scratch: alone.length === pairs.length ? alone.flat() : null,
  });
}
