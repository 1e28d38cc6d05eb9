import { canStackOn, type Numerics } from '../config/numerics';
import { describeNetwork } from '../config/shapes';
import { canStack } from '../config/stacking';
import { plural } from '../results/format';
import type { PlanItem } from './files';
import type { Plan, RunDraft } from './plan';

/** Larger groups take more memory and are not faster per run. */
const MAX_GROUP_SIZE = 64;
/** Smaller groups are not worth a trainer of their own. */
const MIN_GROUP_SIZE = 4;
/** Multiplications of a step forward, from which on they take longer than what TensorFlow.js does about each operation. */
const LARGE_STEP = 5_000_000;

/** What one trainer does: one item, or a group of runs. */
export interface Unit extends Pick<PlanItem, 'id' | 'waitsFor'> {
  items: PlanItem[];
}

/**
 * Groups runs that can train as one program: networks of one shape, small, dense, with equal batches and budgets.
 * All others train by themselves. The order is kept; a group takes the place of its first run.
 *
 * @param numerics null before the engine is chosen: then as the portable engine groups them
 * @param trainers how many work at a time; no group is larger than keeps all of them busy
 */
export function groupItems(
  items: readonly PlanItem[],
  { drafts }: Pick<Plan, 'drafts'>,
  numerics: Numerics | null,
  trainers: number,
): Unit[] {
  const groups = new Map<string, PlanItem[]>();
  for (const item of items) {
    const draft = drafts.get(item.id);
    const canJoin = draft !== undefined && whyNotGrouped(draft, numerics) === null;
    const key = canJoin ? sharedBy(item, draft) : item.id;
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()].flatMap((group) => split(group, drafts, trainers).map(toUnit));
}

/** Why a run trains alone, as the rest of a sentence; null if it may train with others. */
export function whyNotGrouped(
  { kind, network: { layers }, data, training, softTargets, transferSet, transferClasses }: RunDraft,
  numerics: Numerics | null,
): string | null {
  if (kind !== 'student') return 'a teacher trains by itself';
  if (numerics !== null && !canStackOn(numerics))
    return `the ${numerics.engine} engine (${numerics.variant}) trains one network at a time`;
  if (layers === undefined) return 'a saved model trains by itself';
  if (!canStack(layers, data.inputShape)) return 'only networks of dense layers on vectors train together';
  if (transferClasses && transferSet === 'labelled' && data.config.labels)
    return 'how many examples of its classes have a label depends on the seed';
  if (softTargets === 'live') return 'the teacher answers while the student trains';
  if (describeNetwork(layers, data.inputShape).multiplications * training.batchSize > LARGE_STEP)
    return 'the student is so large that grouping does not make its steps faster';
  return null;
}

/** A sentence on which runs are grouped and why; null if there are no trainings. */
export function explainGroups(
  units: readonly Unit[],
  { drafts }: Pick<Plan, 'drafts'>,
  numerics: Numerics | null,
): string | null {
  const runs = (unit: Unit) => unit.items.filter(({ id }) => drafts.has(id));
  const together = units.filter(({ items }) => items.length > 1);
  const apart = units.filter(({ items }) => items.length === 1).flatMap(runs);
  if (together.length + apart.length === 0) return null;
  const count = together.reduce((sum, { items }) => sum + items.length, 0);
  const reasons = new Set(
    apart.map(
      ({ id }) => whyNotGrouped(drafts.get(id)!, numerics) ?? 'no other has its shape, batches and budget',
    ),
  );
  const alone = `${plural(apart.length, 'training')} by ${apart.length === 1 ? 'itself' : 'themselves'}: ${[...reasons].join('; ')}.`;
  if (count === 0) return alone;
  const where = numerics === null ? 'On the portable engine ' : '';
  const groups = together.length === 1 ? 'as one group' : `in ${together.length} groups`;
  const sentence = `${where}${count} runs train together ${groups}: their students are small and of one shape, so that one program steps all of them.`;
  return apart.length === 0 ? sentence : `${sentence} ${alone}`;
}

/** What runs of a group have in common. */
function sharedBy({ waitsFor, until }: PlanItem, draft: RunDraft): string {
  const { network, training, steps, transferSet, transferClasses = [], data } = draft;
  const { optimizer, batchSize } = training;
  const remembers = optimizer.type === 'sgd' && optimizer.momentum !== 0;
  const { labelled, train } = data.counts;
  const examples = transferSet === 'all' ? train : labelled;
  return JSON.stringify([
    ...[waitsFor, network.layers, data.hash, data.config.split],
    ...[optimizer.type, remembers, batchSize, steps, steps, until ?? null, examples],
    ...transferClasses,
  ]);
}

/** Into groups of about one size, as many as keep all trainers busy; arms stay together, so that equal losses do. */
function split(group: readonly PlanItem[], drafts: Plan['drafts'], trainers: number): PlanItem[][] {
  const busy = Math.max(1, Math.min(trainers, Math.floor(group.length / MIN_GROUP_SIZE)));
  const count = busy * Math.ceil(group.length / (busy * MAX_GROUP_SIZE));
  const methodOf = ({ id }: PlanItem) => JSON.stringify(drafts.get(id)?.method);
  const sorted = [...group].sort((a, b) => methodOf(a).localeCompare(methodOf(b)));
  return Array.from({ length: count }, (_, i) =>
    sorted.slice(Math.round((i * group.length) / count), Math.round(((i + 1) * group.length) / count)),
  );
}

function toUnit(items: PlanItem[]): Unit {
  const [first] = items;
  const waitsFor = [...new Set(items.flatMap((item) => item.waitsFor))];
  const more = items.length - 1;
  return { id: more === 0 ? first!.id : `${first!.id} and ${more} more`, waitsFor, items };
}
