import type { Summary } from '../summary';
import type { ReportExtras } from './extras';
import type { Markup } from './html';

/** A part of the report with its own heading. */
export interface Section {
  title: string;
  /** Null where there is nothing to show: then the heading is left out too. */
  content: (summary: Summary, extras: ReportExtras) => Markup | null;
}
