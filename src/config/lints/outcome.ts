import type { Diagnostic } from '../diagnostics';
import { finding } from '../document';
import type { Inspected } from './inspected';

/** What results say of the set-up. */
export function lintOutcome({ facts, documents }: Inspected): Diagnostic[] {
  const { teacherAccuracy, studentAccuracy } = facts;
  if (teacherAccuracy === undefined || studentAccuracy === undefined || teacherAccuracy >= studentAccuracy)
    return [];
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const message = `The teacher scored ${percent(teacherAccuracy)}, below its student’s ${percent(studentAccuracy)}: it has little to teach. Train it longer, or take a better one.`;
  return [finding(documents.experiment, ['teacher'], { severity: 'warning', code: 'weak-teacher', message })];
}
