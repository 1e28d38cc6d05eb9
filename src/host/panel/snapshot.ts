import { balanceOf } from '../../methods/ofRun';
import { hostname } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { l10n, Uri } from 'vscode';
import type { Classes, OtherArms, Probe, Progress, RunDetails, Snapshot } from '../../messages';
import { duration, moment, plural, remaining } from '../../results/format';
import { workloadText } from '../../runs/workload';
import { spent, planDone, planLeft, runLeft } from '../store/time';
import {
  currentTeacher,
  isActive,
  phaseName,
  runTitle,
  statusOf,
  stepsDone,
  trainingsOf,
  validationOf,
  type ExperimentView,
  type RunView,
} from '../store/views';
import { curvesOf, temperatureOf } from './curves';
import { problemsOf } from './problems';
import { drawnRuns, shownRun, type Selection } from './selection';

export interface SnapshotContext {
  trusted: boolean;
  smoothing: number;
  /** Seconds. */
  stopGrace: number;
  /** Milliseconds since 1970. */
  now: number;
  details: RunDetails | null;
  laboratory: Snapshot['laboratory'];
  laboratoryRead: boolean;
  example: Snapshot['example'];
  classes: Classes | null;
  others: OtherArms[];
  answers: number;
}

/** Everything that a page shows, from the current state. */
export function buildSnapshot(
  view: ExperimentView,
  selection: Selection,
  context: SnapshotContext,
): Snapshot {
  const shown = shownRun(view, selection);
  const teacher = teacherOf(view, shown);
  return {
    experiment: view.name,
    file: Uri.file(view.key).toString(),
    state: view.state,
    stateText: stateText(view, context),
    trusted: context.trusted,
    problems: problemsOf(view, context.now),
    missingRuns: view.runnable ? view.missing : 0,
    runs: view.runs.map((run) => ({
      id: run.id,
      title: runTitle(run),
      status: statusOf(run),
      kind: run.kind,
    })),
    selected: selection.run,
    shown: shown?.id ?? '',
    summary: view.summary,
    planLeft: planLeft(view),
    planDone: planDone(view),
    where: whereIs(view),
    data: shown ? dataTitle(shown) : null,
    progress: view.runs.filter((run) => statusOf(run) === 'running').map(progressOf),
    curves: drawnRuns(view, selection).map(({ run, role }) => curvesOf(run, role)),
    teacherAccuracy: teacher ? validationOf(teacher) : null,
    probes: shown ? probesOf(shown, scratchBeside(view, selection)) : [],
    laboratory: context.laboratory,
    laboratoryRead: context.laboratoryRead,
    example: context.example,
    temperature: softeningOf(shown),
    details: context.details,
    classes: context.classes,
    others: context.others,
    smoothing: context.smoothing,
    answers: context.answers,
  };
}

export function stateText(view: ExperimentView, { now, stopGrace }: SnapshotContext): string {
  const { done, all } = trainingsOf(view);
  if (view.unread) return l10n.t('workspace not trusted');
  switch (view.state) {
    case 'empty':
      return view.missing === 0
        ? l10n.t('not run yet')
        : l10n.t('not run yet · {0}', workloadText({ trainings: view.missing, seconds: view.estimate }));
    case 'running': {
      const left = planLeft(view);
      const text = l10n.t('running · {0} of {1} done', done, plural(all, 'training'));
      if (view.phase !== null) return `${text} · ${phaseName(view.phase)}`;
      return left === null ? text : l10n.t('{0} · {1} left', text, remaining(left));
    }
    case 'stopping':
      return l10n.t(
        'Stopping after the current step. Processes still running after {0} are ended.',
        duration(stopGrace),
      );
    case 'finished':
      return withTimes(l10n.t('finished'), view, now);
    case 'stopped':
      return withTimes(l10n.t('stopped · {0} of {1} done', done, plural(all, 'training')), view, now);
    case 'failed':
      return withTimes(l10n.t('failed · {0} of {1} done', done, plural(all, 'training')), view, now);
    case 'interrupted':
      return withTimes(l10n.t('interrupted · {0} of {1} done', done, plural(all, 'training')), view, now);
  }
}

function withTimes(text: string, view: ExperimentView, now: number): string {
  const all = spent(view);
  if (!all) return text;
  const when = moment(new Date(all.last), new Date(now));
  return view.state === 'finished'
    ? l10n.t('{0} · {1} in {2} · {3}', text, plural(all.runs, 'training'), duration(all.seconds), when)
    : `${text} · ${when}`;
}

/** The teacher of the run, or that of the experiment. */
function teacherOf(view: ExperimentView, shown: RunView | null): RunView | undefined {
  const teachers = view.runs.filter((run) => run.kind === 'teacher');
  const folder = shown?.spec?.teacher?.folder;
  const root = shown?.file ? resolve(shown.folder, shown.file.root) : view.root;
  const own = folder === undefined ? undefined : join(root, folder);
  return teachers.find((run) => run.folder === own) ?? currentTeacher(view.runs);
}

function whereIs(view: ExperimentView): string | null {
  const process = view.runs.find((run) => statusOf(run) === 'running' && run.state.pid !== null)?.state;
  if (!isActive(view) || process?.pid === undefined || process.pid === null) return null;
  return process.host === hostname()
    ? l10n.t('local process, pid {0}', process.pid)
    : l10n.t('on {0}, pid {1}', process.host ?? '?', process.pid);
}

function dataTitle({ spec }: RunView): string | null {
  if (!spec) return null;
  const { config, inputShape } = spec.data;
  if (config.source === 'digits') return 'digits 8×8';
  const [inputs, ...more] = inputShape;
  if (more.length === 0) return `${sourceName(config)}, ${plural(inputs ?? 0, 'input')}`;
  const shape = inputShape.length === 3 && inputShape[2] === 1 ? inputShape.slice(0, 2) : inputShape;
  return `${sourceName(config)} ${shape.join('×')}`;
}

type DataConfig = NonNullable<RunView['spec']>['data']['config'];
export function sourceName(config: DataConfig): string {
  switch (config.source) {
    case 'digits':
      return 'digits';
    case 'csv':
      return basename(config.file);
    case 'idx':
      return basename(config.images);
    case 'npy':
      return basename(config.inputs);
  }
}

function progressOf(run: RunView): Progress {
  const { history, spec } = run;
  const steps = spec?.steps ?? 0;
  const step = stepsDone(run);
  const perStep = history.pace.perStep;
  return {
    run: run.id,
    title: runTitle(run),
    step,
    steps,
    epoch: history.epoch,
    epochs: history.epoch > 0 && step > 0 ? Math.round((history.epoch / step) * steps) : 0,
    left: runLeft(run),
    examplesPerSecond: perStep && spec ? (1000 / perStep) * spec.training.batchSize : null,
  };
}

/** Scratch of the same seed, if it is drawn. */
function scratchBeside(view: ExperimentView, selection: Selection): RunView | null {
  const beside = drawnRuns(view, selection).find(({ role }) => role === 'counterpart')?.run;
  return beside?.kind === 'scratch' ? beside : null;
}

function probesOf({ probes, history }: RunView, scratch: RunView | null): Probe[] {
  const alone = (row: number) => scratch?.probes?.examples.findIndex((example) => example.row === row) ?? -1;
  return (probes?.examples ?? []).map((example, i) => ({
    row: example.row,
    label: example.label,
    shape: probes?.shape ?? [],
    input: example.input,
    teacher: example.teacherLogits,
    student: history.probe?.logits[i] ?? null,
    scratch: scratch?.history.probe?.logits[alone(example.row)] ?? null,
  }));
}

function softeningOf(run: RunView | null): Snapshot['temperature'] {
  const method = run?.spec?.method;
  return { used: run ? temperatureOf(run) : null, balance: method ? balanceOf(method) : null };
}
