import { type Diagnostic, finding, replaceValue } from '../document';
import { teacherPreprocessing } from '../preprocessing';
import { membersOf } from '../resolved';
import type { Inspected } from './inspected';

/** If the ranges of columns differ by more than this factor, a network hardly learns from those with a small range. */
const RANGES_APART = 100;

/** Warnings that follow from results. */
export function lintOutcome(inspected: Inspected): Diagnostic[] {
  const { facts, documents } = inspected;
  const { teacherAccuracy, studentAccuracy } = facts;
  if (teacherAccuracy === undefined || studentAccuracy === undefined || teacherAccuracy >= studentAccuracy)
    return [];
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const weak = `The teacher’s accuracy is ${percent(teacherAccuracy)}, lower than its student’s ${percent(studentAccuracy)}, so the student can hardly learn from it.`;
  const cause = rangesApart(inspected);
  const message =
    cause === null
      ? `${weak} Train it longer, or use a better teacher.`
      : `${weak} Likely cause: the ranges of the columns differ by a factor of ${cause.ratio.toLocaleString('en-GB')}, and the columns are not standardised. Set standardize to true in ${cause.place}.`;
  const fixes = cause === null ? [] : replaceValue(documents.experiment, ['data', 'standardize'], true);
  return [
    finding(documents.experiment, ['teacher'], { severity: 'warning', code: 'weak-teacher', message, fixes }),
  ];
}

/** The ratio of column ranges and the place of the setting, if a teacher is trained here on columns that are not standardised; else null. */
function rangesApart({ experiment, facts }: Inspected): { ratio: number; place: string } | null {
  const { inputShape, rangeRatio = 1 } = facts.data ?? {};
  if (!inputShape || rangeRatio <= RANGES_APART) return null;
  const raw = membersOf(experiment.teacher).find(
    ({ config }) =>
      config.model === undefined &&
      teacherPreprocessing(config, experiment.config.data, inputShape) === undefined,
  );
  if (raw === undefined) return null;
  const own = raw.config.inputs?.standardize === false;
  return { ratio: Math.round(rangeRatio), place: own ? `the inputs of ${raw.name}` : 'data' };
}
