import { basename, dirname, join } from 'node:path';
import { l10n } from 'vscode';
import type { Diagnostic } from '../../config/document';
import type { Arm, Experiment } from '../../config/resolved';
import type { RunStatus, Summary } from '../../results/summary';
import type { EngineFile, ProbesFile, ResultFile, RunFile } from '../../runs/files';
import type { Plan, RunDraft } from '../../runs/plan';
import type { Phase } from '../../runner/phase';
import type { RunState } from '../../runs/status';
import type { RunHistory } from './history';

/** A run, for sidebar, panel and commands. */
export interface RunView {
  /** Its absolute folder, as in the summary; stable over reloads. */
  readonly id: string;
  readonly folder: string;
  /** Item of the plan; null for a run that is not in the plan. */
  readonly planId: string | null;
  /** Successive halving ended it. */
  readonly ended: boolean;
  readonly kind: 'teacher' | 'scratch' | 'distilled';
  readonly seed: number;
  /** From run.json, or from the plan before the run has started. Null if neither can be read. */
  readonly spec: RunFile | RunDraft | null;
  readonly file: RunFile | null;
  /** Why a file of it cannot be read, as a sentence. */
  readonly problem: string | null;
  readonly state: RunState;
  readonly result: ResultFile | null;
  readonly probes: ProbesFile | null;
  /** For finished runs, filled only after `follow`. */
  readonly history: RunHistory;
}

/** State of a whole experiment. */
export type ExperimentState =
  'empty' | 'running' | 'stopping' | 'finished' | 'stopped' | 'failed' | 'interrupted';

export interface NetworkView {
  file: string;
  /** E.g. "MLP 64-16-10". */
  title: string;
  parameters: number;
}

/** An experiment: a file with its runs, or an added folder of runs without a file. */
export interface ExperimentView {
  /** Absolute path of the experiment file, or of the added folder. */
  readonly key: string;
  readonly name: string;
  /** Whether there is an experiment file. */
  readonly runnable: boolean;
  readonly root: string;
  readonly runsFolder: string;
  /** Null while the files have errors. */
  readonly experiment: Experiment | null;
  /** Of the files on disk. */
  readonly diagnostics: readonly Diagnostic[];
  readonly arms: readonly Arm[];
  /** Null while the files have errors. */
  readonly plan: Plan | null;
  readonly networks: { readonly teacher: NetworkView | null; readonly student: NetworkView | null };
  readonly runs: readonly RunView[];
  readonly summary: Summary | null;
  readonly engine: EngineFile | null;
  readonly state: ExperimentState;
  /** The workspace is not trusted: only config files are read. */
  readonly unread: boolean;
  /** Why there are no numbers, as a sentence. */
  readonly problem: string | null;
  /** Trainings that Run would do, including teachers and runs that results will add. */
  readonly missing: number;
  /** Those of them that are not in the plan yet, because results decide them. */
  readonly later: number;
  /** What its runner does after the last training; null before. */
  readonly phase: Phase | null;
  /** Seconds for what is missing; null if unknown. */
  readonly estimate: number | null;
}

export const inPlan = (run: RunView): boolean => run.planId !== null;
/** In the plan and not ended by successive halving. */
export const isWanted = (run: RunView): boolean => inPlan(run) && !run.ended;

/** The current teacher of the experiment: not a member of an ensemble, not an earlier teacher. */
export function currentTeacher(runs: readonly RunView[]): RunView | undefined {
  const teachers = runs.filter((run) => run.kind === 'teacher');
  return teachers.find((run) => inPlan(run) && run.spec?.ensemble) ?? teachers.find(inPlan) ?? teachers[0];
}

/** The members of an ensemble, in its order. */
export function membersOf(runs: readonly RunView[], ensemble: RunView, root: string): RunView[] {
  const folders = ensemble.spec?.ensemble?.members.map(({ folder }) => join(root, folder)) ?? [];
  return folders.flatMap((folder) => runs.find((run) => run.folder === folder) ?? []);
}

/** All trainings of the plan, including teachers and runs that results will add, and how many are done. */
export function trainingsOf(view: ExperimentView): { done: number; all: number } {
  const runs = view.runs.filter((run) => isWanted(run) || !view.runnable);
  return {
    done: runs.filter((run) => statusOf(run) === 'finished').length,
    all: runs.length + view.later,
  };
}

export function phaseName(phase: Phase): string {
  switch (phase) {
    case 'test':
      return l10n.t('opening the test set');
    case 'cost':
      return l10n.t('measuring latency and memory');
    case 'report':
      return l10n.t('writing the report');
  }
}

export const statusOf = (run: RunView): RunStatus => run.state.status;
export const isActive = (view: ExperimentView): boolean =>
  view.state === 'running' || view.state === 'stopping';

export const stepsDone = (run: RunView): number => Math.max(run.state.step ?? 0, run.history.step);

/** Share of the planned steps that is done, 0 to 1. */
export function shareDone(run: RunView): number {
  if (statusOf(run) === 'finished') return 1;
  const steps = run.spec?.steps ?? 0;
  return steps > 0 ? Math.min(1, stepsDone(run) / steps) : 0;
}

/** Accuracy on validation data: of the selected weights, or of the newest evaluation while it trains. */
export const validationOf = (run: RunView): number | null =>
  run.result?.validation.accuracy ?? run.history.evaluation?.validation.accuracy ?? null;

/** E.g. "KD T 4 · α 0.9 · seed 2"; the teacher has no arm. */
export function runTitle(run: RunView): string {
  if (run.kind === 'teacher') return l10n.t('Teacher');
  return l10n.t('{0} · seed {1}', run.spec?.arm?.title ?? basename(dirname(run.folder)), run.seed);
}
