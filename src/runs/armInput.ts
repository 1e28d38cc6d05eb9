import type { ArmInput } from '../results/input';
import type { RunFile } from './files';

/** The arm of a run, from run.json. */
export function armOfRun(run: RunFile): Omit<ArmInput, 'runs'> {
  const { arm, method, transferSet, softTargets } = run;
  return {
    slug: arm?.slug ?? 'run',
    title: arm?.title ?? 'Run',
    primary: arm?.primary ?? false,
    role: arm?.role ?? 'listed',
    cell: arm?.cell ?? null,
    ended: null,
    scratch: arm?.pairedWith ?? null,
    transferSet,
    ...missingOf(run),
    labelled: labelledOf(run),
    temperature: temperatureOf(method),
    softTargets,
    recipe: '',
  };
}

/** The classes that the transfer set of a run lacks, where it lacks some. */
export function missingOf(
  run: Pick<RunFile, 'data' | 'transferClasses'> | undefined,
): Pick<ArmInput, 'missing'> {
  const { transferClasses, data } = run ?? {};
  if (!transferClasses || !data) return {};
  return { missing: data.classes.flatMap((name, i) => (transferClasses.includes(name) ? [] : [i])) };
}

export function temperatureOf(method: { parameters: Record<string, unknown> }): number | null {
  const { temperature } = method.parameters;
  return typeof temperature === 'number' ? temperature : null;
}

type Trained = Pick<RunFile, 'steps' | 'data' | 'ensemble'>;

/** Labels that a run learns from; what a saved network, or members with labels of their own, learned from is not known. */
export function labelledOf(run: Trained | undefined): number | null {
  if (run === undefined || (run.steps === 0 && !run.ensemble)) return null;
  // Each member of an ensemble draws its own labels, where it has not all.
  return run.ensemble && run.data.config.labels ? null : run.data.counts.labelled;
}

/** A teacher's entry in a summary, without its runs. */
export const teacherArm = (title: string, run: Trained | undefined): Omit<ArmInput, 'runs'> => ({
  slug: 'teacher',
  title,
  primary: false,
  role: 'listed',
  cell: null,
  ended: null,
  scratch: null,
  recipe: '',
  transferSet: null,
  labelled: labelledOf(run),
  temperature: null,
  softTargets: 'none',
});
