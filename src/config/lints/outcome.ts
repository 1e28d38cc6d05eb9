import type { Diagnostic } from '../diagnostics';
import { finding, replaceValue } from '../document';
import { teacherPreprocessing } from '../preprocessing';
import { membersOf } from '../resolved';
import type { Inspected } from './inspected';

/** Columns whose ranges differ by more keep a network from learning those of small range. */
const RANGES_APART = 100;

/** What results say of the set-up. */
export function lintOutcome(inspected: Inspected): Diagnostic[] {
  const { facts, documents } = inspected;
  const { teacherAccuracy, studentAccuracy } = facts;
  if (teacherAccuracy === undefined || studentAccuracy === undefined || teacherAccuracy >= studentAccuracy)
    return [];
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const weak = `The teacher scored ${percent(teacherAccuracy)}, below its student’s ${percent(studentAccuracy)}: it has little to teach.`;
  const cause = rangesApart(inspected);
  const message =
    cause === null
      ? `${weak} Train it longer, or take a better one.`
      : `${weak} The likely cause: the ranges of the columns differ by a factor of ${cause.ratio.toLocaleString('en-GB')}, and they are not standardised. Set standardize to true in ${cause.place}.`;
  const fixes = cause === null ? [] : replaceValue(documents.experiment, ['data', 'standardize'], true);
  return [
    finding(documents.experiment, ['teacher'], { severity: 'warning', code: 'weak-teacher', message, fixes }),
  ];
}

/** How far the ranges of columns are apart where a teacher that is trained here sees them so, and what says that; else null. */
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
