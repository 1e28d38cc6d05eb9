import { existsSync } from 'node:fs';
import type { Experiment } from '../config/resolved';
import type { FutureRun } from './futureRuns';
import type { PlanItem } from './files';
import { absoluteFolder } from './folder';
import { runFiles } from './layout';
import { isTeacher, type Plan, type RunDraft } from './plan';

/** Seconds on a common machine. */
const LAUNCH = 1;
const CHOOSE_ENGINE = 1.2;
const EXTRACT = 0.6;
const TEST = { process: 1, run: 0.05 };
const REPORT = { all: 1, run: 0.05 };
/** Latencies are measured for a fixed time, in a process for each kind of network. */
const COST = 2.5;

/** What a run of an experiment takes besides training, in seconds. */
export interface Overhead {
  /** Depends on the speed of the machine. */
  work: number;
  /** Takes as long on every machine. */
  fixed: number;
}

/**
 * Starting the runner, choosing the engine, extracting soft targets, opening the test set, measuring latency and memory, and
 * writing the report.
 *
 * @param untrained items that are not trained yet
 * @param hasEngine whether the engine is chosen already
 */
export function overheadOf(
  { root }: Experiment,
  { items, drafts }: Plan,
  untrained: readonly PlanItem[],
  later: readonly FutureRun[],
  hasEngine: boolean,
): Overhead {
  const wanted = items.filter((item) => (isTeacher(item) || item.kind === 'run') && item.ended === undefined);
  const files = new Map(wanted.map((item) => [item, runFiles(absoluteFolder(root, item))]));
  const sealed = wanted.filter((item) => !existsSync(files.get(item)!.predictions('test')));
  const added = later.filter(({ continues }) => !continues).length;
  if (sealed.length + untrained.length + added === 0) return { work: 0, fixed: 0 };

  const networkOf = ({ id }: PlanItem) => networkKey(drafts.get(id)!);
  const isMeasured = (item: PlanItem) => existsSync(files.get(item)!.cost);
  const measured = new Set(wanted.filter(isMeasured).map(networkOf));
  const unmeasured = new Set(wanted.map(networkOf).filter((key) => !measured.has(key)));
  const needed = new Set(untrained.flatMap(({ waitsFor }) => waitsFor));
  const extracted = items.filter(({ kind, id }) => kind === 'softTargets' && needed.has(id)).length;
  return {
    work:
      LAUNCH +
      (hasEngine ? 0 : CHOOSE_ENGINE) +
      EXTRACT * extracted +
      TEST.process +
      TEST.run * (sealed.length + added) +
      REPORT.all +
      REPORT.run * (wanted.length + added),
    fixed: COST * unmeasured.size,
  };
}

/** Networks with one key are measured once. */
const networkKey = ({ network, ensemble, data }: RunDraft): string =>
  JSON.stringify([network, ensemble?.members.map(({ identity }) => identity), data.inputShape]);
