import Table from 'cli-table3';
import { count, decimalsFor, fixed, loss, percent, percentage, plain, points } from '../results/format';
import { accuracyOf, gainOf, gains, settingTitle, type Cells } from '../results/laboratory/cells';
import { softShare, weightedGradients } from '../results/laboratory/gradients';
import type { Laboratory } from '../results/laboratory/laboratory';
import { quantileShares, type Measured } from '../results/laboratory/measure';
import type { Summary } from '../results/summary';
import { PLAIN_TABLE } from './output';
import { emphasize } from './resultLines';

/** The recommended T and why, the effect of T on the soft targets, then every setting that was tried. */
export function laboratoryLines(laboratory: Laboratory, { examples, classes }: Summary): string[] {
  const { measured, recommendation, warnings, cells, matching } = laboratory;
  return [
    ...(recommendation ? ['', emphasize(recommendation.sentence), recommendation.reason] : []),
    ...warnings.flatMap(({ arms, text, remedy }) => ['', `Warning, ${shortList(arms)}: ${text} ${remedy}`]),
    '',
    `${laboratory.title}, seed ${laboratory.seed}, on validation data`,
    ...(measured
      ? measuredLines(laboratory, measured, classes.length)
      : ['There are no predictions of this run or of its teacher.']),
    ...(matching
      ? [
          '',
          `Agreement with the student of logit matching: ${matching.map(({ temperature, agreement }) => `T ${plain(temperature)} ${percent(agreement.mean, 1)}`).join(', ')}`,
        ]
      : []),
    ...(cells.cells.length > 1 ? ['', cellTable(cells, examples.validation)] : []),
  ];
}

function shortList([first = '', ...rest]: readonly string[]): string {
  return rest.length === 0 ? first : `${first} and ${count(rest.length)} more`;
}

function measuredLines({ weights }: Laboratory, measured: Measured, classes: number): string[] {
  const { entropy, trueClass, caching, examples, temperatures } = measured;
  const gradients = weights && weightedGradients(measured, weights);
  const share = (norms: number[] | undefined, i: number) =>
    gradients && norms ? percent(softShare(norms[i]!, gradients.hard)) : '–';
  const [low, middle, high] = [0, 2, 4] as const;
  const table = new Table({
    ...PLAIN_TABLE,
    head: [
      'T',
      'entropy, bits',
      'on the true class',
      'soft share',
      'without T²',
      'T²·KL',
      'float16 error',
      'logits to keep',
    ],
    colAligns: Array.from({ length: 8 }, () => 'right' as const),
  });
  caching.temperatures.forEach((t, at) => {
    const i = temperatures.indexOf(t);
    const bits = (which: number) => fixed(entropy.teacher[which]![i]!, 2);
    const float16 = caching.float16.loss[at];
    table.push([
      plain(t),
      `${bits(middle)} (${bits(low)}–${bits(high)})`,
      percentage(trueClass.teacher[i]!, 1),
      share(gradients?.scaled, i),
      share(gradients?.unscaled, i),
      loss(measured.scaledDivergence[i]!),
      float16 === null || float16 === undefined ? '–' : percent(float16, 3),
      `${count(caching.enough[at]!)} of ${count(classes)}`,
    ]);
  });
  const [from, to] = [quantileShares[low], quantileShares[high]];
  return [
    table.toString(),
    `Teacher: median entropy (${percentage(from, 0)}–${percentage(to, 0)} % of examples), mean probability of the true class in %. Gradient with respect to the student’s logits: the share of the soft term, with and without T². T²·KL tends to ${loss(measured.matchingLimit)} nats, the loss of logit matching. The last columns: error of T²·KL with logits kept in float16, and the number of logits that keeps it below 1 %.`,
    `Agreement with the teacher on the order of the wrong classes (Kendall τ): student ${fixed(measured.order.student, 2)}${measured.order.scratch === null ? '' : `, scratch ${fixed(measured.order.scratch, 2)}`}.`,
    ...(examples.used < examples.of
      ? [`Over ${count(examples.used)} of ${count(examples.of)} examples.`]
      : []),
  ];
}

const heads = { accuracy: 'gain, pp', agreement: 'agreement, pp', ece: 'ECE, pp' } as const;

function cellTable({ cells, parameters }: Cells, examples: number): string {
  const decimals = decimalsFor(examples);
  const table = new Table({
    ...PLAIN_TABLE,
    head: ['setting', 'accuracy', ...gains.map((gain) => heads[gain])],
    colAligns: ['left', 'right', 'right', 'right', 'right'],
  });
  for (const cell of cells) {
    const accuracy = accuracyOf(cell);
    table.push([
      settingTitle(cell, parameters),
      accuracy === null ? 'none yet' : percent(accuracy.mean, decimals),
      ...gains.map((gain) => {
        const value = gainOf(cell, gain);
        if (value === null) return '–';
        return `${points(value.mean, decimals)}${value.n > 1 ? ` ± ${percentage(value.sd, decimals)}` : ''}`;
      }),
    ]);
  }
  return table.toString();
}
