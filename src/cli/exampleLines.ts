import Table from 'cli-table3';
import { fixed, loss, percent, plain, plural } from '../results/format';
import type { LaboratoryExample } from '../results/laboratory/laboratory';
import { orderAgreement } from '../results/laboratory/order';
import { effectiveClasses, entropyBits, klDivergence, softmax } from '../results/temperature';
import { PLAIN_TABLE } from './output';

const MOST_CLASSES = 12;

/** The softened outputs of each network for one example, most likely classes first. */
export function exampleLines(
  example: LaboratoryExample,
  temperature: number,
  classes: readonly string[],
): string[] {
  const { row, part, label, teacher, student, scratch } = example;
  const networks = [
    { name: 'teacher', logits: teacher },
    { name: 'student', logits: student },
    { name: 'scratch', logits: scratch },
  ].flatMap(({ name, logits }) =>
    logits === null ? [] : [{ name, logits, soft: softmax(logits, temperature) }],
  );
  const first = networks[0]!.soft;
  const order = first.map((_, c) => c).sort((a, b) => first[b]! - first[a]!);
  const table = new Table({
    ...PLAIN_TABLE,
    head: ['class', ...networks.map(({ name }) => name)],
    colAligns: ['left', ...networks.map(() => 'right' as const)],
  });
  for (const c of order.slice(0, MOST_CLASSES))
    table.push([
      `${classes[c] ?? c}${c === label ? ' (true)' : ''}`,
      ...networks.map(({ soft }) => percent(soft[c]!, 1)),
    ]);
  const more = order.length - MOST_CLASSES;
  const rows = (title: string, of: (soft: number[]) => string) =>
    `${title}: ${networks.map(({ name, soft }) => `${name} ${of(soft)}`).join(', ')}`;
  return [
    `Row ${row}, a ${part} example of class ${classes[label] ?? label}, at T ${plain(temperature)}`,
    '',
    table.toString(),
    ...(more > 0 ? [`and ${plural(more, 'class', 'classes')} more`] : []),
    '',
    rows('Entropy, bits', (soft) => fixed(entropyBits(soft), 2)),
    rows('Effective classes', (soft) => fixed(effectiveClasses(soft), 1)),
    ...(teacher
      ? networks
          .slice(1)
          .flatMap(({ name, logits }) => [
            `T²·KL to ${name}: ${loss(temperature ** 2 * klDivergence(teacher, logits, temperature))} nats; order of the wrong classes, Kendall τ: ${fixed(orderAgreement(teacher, logits, label), 2)}`,
          ])
      : []),
  ];
}
