import { dirname } from 'node:path';
import type { RunStatus } from '../../results/summary';
import {
  currentTeacher,
  inPlan,
  membersOf,
  statusOf,
  type ExperimentView,
  type RunView,
} from '../store/views';

/** What a command applies to, as tree nodes, code lenses, notifications and the panel pass it. */
export interface Target {
  experiment: string;
  arm?: string;
  run?: string;
}

/** Statuses that need no attention. */
export type Calm = 'queued' | 'paused' | 'finished';
const calm: readonly Calm[] = ['queued', 'paused', 'finished'];

interface Base extends Target {
  /** Stable over refreshes and reloads, so that selection and expansion are kept. */
  id: string;
  view: ExperimentView;
}
export type Node = Base &
  (
    | { kind: 'experiment' }
    | { kind: 'problem'; text: string }
    | { kind: 'teacher'; runView: RunView | null; members: readonly RunView[] }
    | { kind: 'member'; run: string; runView: RunView }
    | { kind: 'student' }
    | { kind: 'start' }
    | { kind: 'arm'; arm: string; title: string; runs: readonly RunView[]; inFile: boolean }
    /** All cells of a sweep, in one row. */
    | { kind: 'sweep'; cells: number; runs: readonly RunView[] }
    | { kind: 'folded'; status: Calm; runs: readonly RunView[] }
    /** `cell`: the row is listed among those of other arms. */
    | { kind: 'seed'; run: string; runView: RunView; cell: boolean }
  );

export const experimentNode = (view: ExperimentView): Node => ({
  kind: 'experiment',
  id: view.key,
  experiment: view.key,
  view,
});

/** The experiment with the newest event, otherwise the first. */
export function newestOf(views: readonly ExperimentView[]): string | undefined {
  const time = (view: ExperimentView) => Math.max(0, ...view.runs.map((run) => run.state.time ?? 0));
  const [first, ...others] = views;
  return others.reduce((best, view) => (best && time(view) > time(best) ? view : best), first)?.key;
}

export function childrenOf(node: Node): Node[] {
  if (node.kind === 'experiment') return insideExperiment(node.view);
  if (node.kind === 'teacher')
    return node.members.map((run) => ({ ...seedNode(node.view, run), kind: 'member' }));
  if (node.kind === 'arm') return [...node.runs].sort(bySeed).map((run) => seedNode(node.view, run));
  if (node.kind === 'sweep') return insideSweep(node.view, node.runs);
  if (node.kind === 'folded') return node.runs.map((run) => seedNode(node.view, run, true));
  return [];
}

function insideExperiment(view: ExperimentView): Node[] {
  const base = (part: string) => ({ id: `${view.key}#${part}`, experiment: view.key, view });
  const error = view.diagnostics.find((d) => d.severity === 'error');
  const current = currentTeacher(view.runs) ?? null;
  const nodes: Node[] = [];
  if (error) nodes.push({ ...base('problem'), kind: 'problem', text: error.message });
  if (view.networks.teacher || current)
    nodes.push({
      ...base('teacher'),
      kind: 'teacher',
      runView: current,
      members: current ? membersOf(view.runs, current, view.root) : [],
      ...(current ? { run: current.id } : {}),
    });
  if (view.networks.student) nodes.push({ ...base('student'), kind: 'student' });
  const students = view.runs.filter((run) => run.kind !== 'teacher');
  if (view.runnable && view.missing > 0 && students.every((run) => statusOf(run) === 'queued'))
    return [...nodes, { ...base('start'), kind: 'start' }];
  return [...nodes, ...armNodes(view, students)];
}

/** Problems first, then running runs; the others are grouped by status. */
function insideSweep(view: ExperimentView, runs: readonly RunView[]): Node[] {
  const isCalm = (run: RunView) => calm.some((status) => status === statusOf(run));
  const shown = runs.filter((run) => !isCalm(run)).sort(bySeed);
  const folded = calm.flatMap((status): Node[] => {
    const some = runs.filter((run) => statusOf(run) === status);
    const id = `${view.key}#sweep/${status}`;
    return some.length === 0 ? [] : [{ kind: 'folded', id, experiment: view.key, view, status, runs: some }];
  });
  return [...shown.map((run) => seedNode(view, run, true)), ...folded];
}

/** Distilled arms in the order of the file, then scratch, then arms that are no longer in the file. */
function armNodes(view: ExperimentView, runs: readonly RunView[]): Node[] {
  const groups = new Map<string, { title: string; runs: RunView[]; inFile: boolean; scratch: boolean }>();
  const add = (key: string, title: string, inFile: boolean, scratch: boolean) => {
    const group = groups.get(key) ?? { title, runs: [], inFile, scratch };
    groups.set(key, group);
    return group;
  };
  const cells = new Set(view.arms.filter(({ role }) => role === 'cell').map(({ slug }) => slug));
  for (const arm of view.arms) if (!cells.has(arm.slug)) add(arm.slug, arm.title, true, arm.scratch);
  const swept: RunView[] = [];
  for (const run of runs) {
    const slug = run.spec?.arm?.slug ?? 'run';
    if (inPlan(run) && cells.has(slug)) {
      swept.push(run);
      continue;
    }
    // Runs that are no longer in the file have their own folder; the file may still have their arm with other settings.
    const key = inPlan(run) || !view.runnable ? slug : dirname(run.folder);
    add(key, run.spec?.arm?.title ?? slug, inPlan(run) || !view.runnable, run.kind === 'scratch').runs.push(
      run,
    );
  }
  const rank = (group: { inFile: boolean; scratch: boolean }) => (group.inFile ? (group.scratch ? 1 : 0) : 2);
  const base = { experiment: view.key, view };
  const sweep: Node = { ...base, kind: 'sweep', id: `${view.key}#sweep`, cells: cells.size, runs: swept };
  const arms = [...groups]
    .sort(([, a], [, b]) => rank(a) - rank(b))
    .map(([key, group]): Node => ({
      kind: 'arm',
      id: `${view.key}#arm/${key}`,
      experiment: view.key,
      arm: key,
      view,
      title: group.title,
      runs: group.runs,
      inFile: group.inFile,
    }));
  return cells.size > 0 ? [sweep, ...arms] : arms;
}

const seedNode = (view: ExperimentView, runView: RunView, cell = false): Extract<Node, { kind: 'seed' }> => ({
  kind: 'seed',
  id: `${view.key}#run/${runView.id}`,
  experiment: view.key,
  run: runView.id,
  view,
  runView,
  cell,
});

/** Problems first, then running runs, then by seed. */
const urgency: Record<RunStatus, number> = {
  failed: 0,
  interrupted: 0,
  stopped: 0,
  running: 1,
  paused: 2,
  finished: 2,
  queued: 3,
};
const bySeed = (a: RunView, b: RunView) => urgency[statusOf(a)] - urgency[statusOf(b)] || a.seed - b.seed;
