import type { Row } from '../../tasks/softmax';

/** One value for each network; null where there is no scratch of the same seed. */
export interface PerNetwork<Value> {
  teacher: Value;
  student: Value;
  scratch: Value | null;
}

/** Logits of the same examples by each network, row-major [N, C], with class numbers [N]. */
export interface Examples extends PerNetwork<Row> {
  labels: Row;
  classes: number;
}

/** The same of each network's value. */
export const perNetwork = <From, To>(
  { teacher, student, scratch }: PerNetwork<From>,
  of: (value: From) => To,
): PerNetwork<To> => ({
  teacher: of(teacher),
  student: of(student),
  scratch: scratch === null ? null : of(scratch),
});

/** Most logits that are softened at every temperature, to bound the time. */
const MOST_LOGITS = 20_000;
const MOST_EXAMPLES = 1_000;

/** Examples evenly spaced over all of them, the first included: at most 1,000, and fewer where there are many classes. */
export function sample(examples: Examples): Examples {
  const { classes, labels } = examples;
  const most = Math.max(1, Math.min(MOST_EXAMPLES, Math.floor(MOST_LOGITS / classes)));
  if (labels.length <= most) return examples;
  const rows = Array.from({ length: most }, (_, i) => Math.floor((i * labels.length) / most));
  const taken = (logits: Row) =>
    Float32Array.from({ length: most * classes }, (_, at) => {
      const row = rows[Math.floor(at / classes)]!;
      return logits[row * classes + (at % classes)]!;
    });
  return { ...perNetwork(examples, taken), labels: rows.map((row) => labels[row]!), classes };
}
