import { report } from '../results/report';
import type { Summary } from '../results/summary';
import { writeAtomic, writeJson } from './atomic';
import { collectSummary } from './collect';
import { experimentFiles } from './layout';
import type { Prepared } from './prepare';
import { rememberFacts } from './rememberedFacts';
import { reportExtras } from './reportExtras';

/**
 * Writes summary.json and report.html into the experiment's folder of runs; both can be deleted and made again.
 * @throws UserError where the experiment has no plan, or the folder cannot be written
 */
export async function writeReports(prepared: Prepared): Promise<{ summary: Summary; report: string }> {
  const summary = await collectSummary(prepared);
  if (prepared.experiment === null) throw new Error('A summary without an experiment.');
  const files = experimentFiles(prepared.experiment.runsFolder);
  if (prepared.planFacts !== null) rememberFacts(prepared.experiment.runsFolder, prepared.planFacts);
  writeJson(files.summary, summary);
  writeAtomic(files.report, report(summary, await reportExtras(prepared, summary)));
  return { summary, report: files.report };
}
