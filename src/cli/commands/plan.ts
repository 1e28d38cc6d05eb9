import Table from 'cli-table3';
import { count, plural, times } from '../../results/format';
import { halvingOf } from '../../config/sweep/halving';
import { freshSeeds } from '../../config/sweep/stages';
import { isCell } from '../../runs/planByResults';
import { workloadOf, workloadText, type Workload } from '../../runs/workload';
import { trainersOf } from '../../runs/estimate';
import { countFutureTrainings } from '../../runs/futureRuns';
import type { PlanItem } from '../../runs/files';
import { absoluteFolder } from '../../runs/folder';
import { runStatus } from '../../runs/status';
import { explainGroups, groupItems } from '../../runs/groups';
import { stepsByArm } from '../../runs/steps';
import { missingItems, type RunnableExperiment } from '../../runner/missingItems';
import { EXPERIMENT_ARGUMENT, prepareToRead } from '../experiment';
import { EXIT, type RegisterCommand } from '../command';
import { PLAIN_TABLE, print, printJson } from '../output';

/** An item of the plan with its status. */
interface Line extends PlanItem {
  status: string;
}

export const planCommand: RegisterCommand = (program, end) => {
  program
    .command('plan')
    .description(
      'Shows the plan of an experiment: what is done, what run would do, in which order, and how long it takes. Trains nothing.',
    )
    .argument('<experiment>', EXPERIMENT_ARGUMENT)
    .option('--json', 'print the number of trainings, the estimate in seconds, and the items')
    .addHelpText('after', '\nExample:\n  distillery plan experiments/few-labels')
    .action(async (argument: string, { json }: { json?: true }) => {
      const ready = await prepareToRead(argument);
      const { experiment } = ready;
      const missing = await missingItems(ready);
      const account = await workloadOf(ready);
      const items = await Promise.all(ready.plan.items.map((item) => withStatus(ready, item, missing)));
      if (json)
        printJson({
          experiment: experiment.name,
          trainings: account.trainings,
          secondsLeft: account.seconds,
          items,
        });
      else print(...describe(ready, items, missing, account));
      end(EXIT.done);
    });
};

async function withStatus(
  { experiment }: RunnableExperiment,
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

function describe(
  ready: RunnableExperiment,
  items: readonly Line[],
  missing: readonly PlanItem[],
  account: Workload,
): string[] {
  const table = new Table({ ...PLAIN_TABLE, head: ['item', 'status', 'waits for', 'folder'] });
  for (const { id, status, waitsFor, folder } of items) table.push([id, status, shortened(waitsFor), folder]);
  const later = countFutureTrainings(ready.experiment, ready.plan);
  const { numerics } = ready;
  const units = groupItems(missing, ready.plan, numerics, trainersOf(ready.experiment));
  const company = explainGroups(units, ready.plan, numerics);
  return [
    table.toString(),
    '',
    ...sweepLines(ready),
    ...stepLines(ready.plan),
    missing.length === 0
      ? 'Everything is trained: run has nothing to do.'
      : `To do: ${workloadText(account)}.${later > 0 ? ` The other results decide what ${count(later)} of them are.` : ''}`,
    ...(company === null ? [] : [company]),
  ];
}

/** With more, only the range is shown. */
const MOST_BUDGETS = 6;

/** The number of steps of the students, by arm if they differ. */
function stepLines(plan: RunnableExperiment['plan']): string[] {
  const budgets = [...stepsByArm(plan)];
  const [only] = budgets;
  if (only === undefined) return [];
  if (budgets.length === 1) return [`Every student trains ${plural(only[0], 'step')}.`];
  if (budgets.length > MOST_BUDGETS) {
    const all = budgets.map(([steps]) => steps);
    return [
      `Students train ${count(Math.min(...all))} to ${count(Math.max(...all))} steps, each as many as its scratch.`,
    ];
  }
  return budgets.map(([steps, titles]) => `${plural(steps, 'step')}: ${titles.join(', ')}.`);
}

/** The size of a sweep, and what its runs share. */
function sweepLines({ experiment, plan }: RunnableExperiment): string[] {
  const { sweep } = experiment.config;
  if (sweep === undefined) return [];
  const { arms, items } = plan;
  const cells = arms.filter(isCell).length;
  const of = (kind: PlanItem['kind']) => items.filter((item) => item.kind === kind).length;
  const scratches = arms.filter((arm) => arm.scratch && arm.role !== 'confirmation').length;
  const shared = [
    plural(of('teacher'), 'teacher'),
    `soft targets extracted ${times(of('softTargets'))}`,
    plural(scratches, 'scratch arm'),
  ];
  const fresh = freshSeeds(experiment).length;
  const rungs = halvingOf(sweep)
    ? ` by successive halving, keeping the best 1 in ${halvingOf(sweep)!.factor} at each of ${plural(halvingOf(sweep)!.rungs, 'rung')}`
    : '';
  return [
    `Sweep: ${plural(cells, 'cell')} × ${plural(experiment.seeds.length, 'seed')}${rungs}. They share ${shared.join(', ')}.`,
    ...(fresh > 0
      ? [`The cell that is best on validation is trained again on ${plural(fresh, 'fresh seed')}.`]
      : []),
  ];
}

const shortened = ([first = '', ...rest]: readonly string[]) =>
  rest.length === 0 ? first : `${first} and ${rest.length} more`;
