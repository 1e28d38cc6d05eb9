import { availableParallelism } from 'node:os';
import Table from 'cli-table3';
import { plural, roughly } from '../../results/format';
import { estimateSeconds } from '../../runs/estimate';
import type { PlanItem } from '../../runs/files';
import { absoluteFolder } from '../../runs/folder';
import { runStatus } from '../../runs/status';
import { missingItems, type Ready } from '../../runner/missing';
import { EXPERIMENT_ARGUMENT, prepareOrTell } from '../experiment';
import { EXIT } from '../exit';
import { print, printJson } from '../output';
import type { Verb } from '../verb';
import { PLAIN_TABLE } from '../tables';

/** An item of the plan with where it stands. */
interface Line extends PlanItem {
  status: string;
}

export const planCommand: Verb = (program, end) => {
  program
    .command('plan')
    .description(
      'Shows what an experiment asks for: what is there, what would be done, in which order, how long. Does nothing.',
    )
    .argument('<experiment>', EXPERIMENT_ARGUMENT)
    .option('--json', 'print items, and the estimate in seconds')
    .addHelpText('after', '\nExample:\n  distillery plan experiments/few-labels')
    .action(async (argument: string, { json }: { json?: true }) => {
      const ready = await prepareOrTell(argument);
      const { experiment } = ready;
      const missing = await missingItems(ready);
      const most = experiment.parallelism === 'auto' ? availableParallelism() : experiment.parallelism;
      const seconds = missing.length === 0 ? 0 : await estimateSeconds(ready, most);
      const items = await Promise.all(ready.plan.items.map((item) => withStatus(ready, item, missing)));
      if (json) printJson({ experiment: experiment.name, items, secondsLeft: seconds });
      else print(...describe(items, missing, seconds));
      end(EXIT.done);
    });
};

async function withStatus(
  { experiment }: Ready,
  item: PlanItem,
  missing: readonly PlanItem[],
): Promise<Line> {
  const isRun = item.kind === 'teacher' || item.kind === 'run';
  if (!missing.some((one) => one.id === item.id)) return { ...item, status: isRun ? 'finished' : 'done' };
  return {
    ...item,
    status: isRun ? (await runStatus(absoluteFolder(experiment.root, item))).status : 'queued',
  };
}

function describe(items: readonly Line[], missing: readonly PlanItem[], seconds: number): string[] {
  const table = new Table({ ...PLAIN_TABLE, head: ['item', 'state', 'waits for', 'folder'] });
  for (const { id, status, waitsFor, folder } of items) table.push([id, status, shortened(waitsFor), folder]);
  const runs = missing.filter((item) => item.kind === 'run' || item.kind === 'teacher').length;
  return [
    table.toString(),
    '',
    missing.length === 0
      ? 'Nothing is missing: run would train nothing.'
      : `${plural(runs, 'training')} to do, about ${roughly(seconds)}.`,
  ];
}

const shortened = ([first = '', ...rest]: readonly string[]) =>
  rest.length === 0 ? first : `${first} and ${rest.length} more`;
