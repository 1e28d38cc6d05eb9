import Table from 'cli-table3';
import { UserError } from '../../config/errors';
import { comparable } from '../../results/comparable';
import { count, pointsWithUnit, spread, holmNote, verdictWord } from '../../results/format';
import type { ArmSummary, Comparison, Summary } from '../../results/summary';
import { collectSummary } from '../../runs/collect';
import { settingOf } from '../../runs/setting';
import type { RunnableExperiment } from '../../runner/missingItems';
import { EXPERIMENT_ARGUMENT, prepareResults } from '../experiment';
import { EXIT, type RegisterCommand } from '../command';
import { failedChecks } from '../resultLines';
import { PLAIN_TABLE, print, printJson, printMessage } from '../output';

/** One arm of one experiment. */
interface Row {
  experiment: string;
  part: Summary['part'];
  arm: ArmSummary;
  /** With its scratch; null for scratch itself. */
  comparison: Comparison | null;
}

export const compareCommand: RegisterCommand = (program, end) => {
  program
    .command('compare')
    .description(
      'Shows the arms of one or more experiments in one table, if they have the same data, split and budget.',
    )
    .argument('<experiments...>', EXPERIMENT_ARGUMENT)
    .option('--json', 'print a list of arms with their comparisons')
    .addHelpText('after', '\nExample:\n  distillery compare experiments/hinton experiments/logits')
    .action(async (args: string[], { json }: { json?: true }) => {
      const all: RunnableExperiment[] = [];
      for (const argument of args) all.push(await prepareResults(argument));
      const [first, ...others] = all.flatMap((one) => settingOfReady(one) ?? []);
      const found = others.map((other) => comparable(first!, other));
      const reasons = found.flatMap((one) => one.reasons);
      if (reasons.length > 0) throw new UserError(reasons.join('\n'));
      for (const note of found.flatMap((one) => one.notes)) printMessage(note);
      const summaries = await Promise.all(all.map(collectSummary));
      const rows = summaries.flatMap(rowsOf);
      if (json) printJson(rows);
      else print(tableOf(rows, summaries), ...summaries.flatMap(reasonsOf));
      end(EXIT.done);
    });
};

const settingOfReady = ({ experiment, plan, engine }: RunnableExperiment) =>
  settingOf(experiment.name, experiment.config.minGain, [...plan.drafts.values()], engine?.numerics ?? null);

function rowsOf({ experiment, part, scratch, otherScratches, arms, comparisons }: Summary): Row[] {
  return [scratch, ...otherScratches, ...arms].flatMap((arm) => {
    if (arm === null) return [];
    return [{ experiment, part, arm, comparison: comparisons.find((one) => one.arm === arm.slug) ?? null }];
  });
}

/** Why a verdict of an experiment is not to be relied on; nothing where it is. */
function reasonsOf(summary: Summary): string[] {
  const failed = failedChecks(summary);
  return failed.length === 0 ? [] : ['', `${summary.experiment}:`, ...failed];
}

function tableOf(rows: readonly Row[], summaries: readonly Summary[]): string {
  const table = new Table({
    ...PLAIN_TABLE,
    head: ['experiment', 'arm', 'accuracy', 'gain over scratch', 'verdict', 'parameters'],
  });
  for (const { experiment, part, arm, comparison } of rows) {
    const { examples, planned } = summaries.find((one) => one.experiment === experiment)!;
    const value = arm[part];
    table.push([
      experiment,
      arm.title,
      value === null
        ? 'none yet'
        : `${spread(value, examples[part], planned.seeds)}${part === 'test' ? '' : ' (validation)'}`,
      gainOf(comparison),
      comparison?.part === 'test'
        ? [verdictWord(comparison), holmNote(comparison)].filter(Boolean).join(', ')
        : '',
      arm.parameters === null ? '' : count(arm.parameters),
    ]);
  }
  return table.toString();
}

function gainOf(comparison: Comparison | null): string {
  if (comparison === null || comparison.mean === null) return '';
  const { mean, interval, decimals } = comparison;
  const gain = pointsWithUnit(mean, decimals);
  if (interval === null) return gain;
  return `${gain} (${interval.level * 100} % CI ${pointsWithUnit(interval.low, decimals)} to ${pointsWithUnit(interval.high, decimals)})`;
}
