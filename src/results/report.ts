import type { ReportExtras } from './report/extras';
import { document } from './report/page';
import type { Summary } from './summary';

export { markdown } from './report/markdown';
export type { Line, ReportExtras, RunCurves } from './report/extras';

/** One HTML file that needs nothing else: the answer, what it rests on, and how to repeat it. */
export const report = (summary: Summary, extras: ReportExtras): string => document(summary, extras).text;
