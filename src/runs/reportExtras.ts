import { calibrationOf, type Calibration } from '../results/calibration';
import type { ReportExtras } from '../results/report';
import { drawnArms, scratchOf } from '../results/report/curves';
import { headlineOf } from '../results/shown';
import type { ArmSummary, Summary } from '../results/summary';
import { howToRepeat } from './repeat';
import { collectClasses } from './classes';
import { curvesOf } from './curves';
import { configurationRows, environmentRows } from './describe';
import type { PlanItem } from './files';
import { absoluteFolder, readRunFile } from './folder';
import { LaboratoryReader } from './laboratory/reader';
import type { Prepared } from './prepare';
import { readPredictions } from './runInput';

/** What a report shows in addition to the summary, from the run folders. @throws UserError if a file of predictions is damaged */
export async function reportExtras(prepared: Prepared, summary: Summary): Promise<ReportExtras> {
  const { experiment, plan } = prepared;
  if (experiment === null || plan === null) throw new Error('A report without a plan.');
  const { root } = experiment;
  const items = plan.items.filter((item) => item.kind === 'run');
  const drawn = drawnArms(summary).arms.flatMap(({ slug }) => [slug, scratchOf(summary, slug)]);
  const curves = items
    .filter(({ arm }) => drawn.includes(arm))
    .map((item) => curvesOf(root, item, plan.drafts.get(item.id)));
  return {
    made: new Date().toISOString(),
    curves: (await Promise.all(curves)).flat(),
    calibration: await calibrations(summary),
    laboratory: await new LaboratoryReader().read(summary),
    classes: await collectClasses(summary, headlineOf(summary)?.arm ?? ''),
    paper: experiment.config.paper,
    ...(await settings(root, items, summary)),
    ...(await howToRepeat(prepared, experiment)),
  };
}

/** Of the teacher, the headline's scratch and its arm. */
async function calibrations(summary: Summary): Promise<Calibration[]> {
  const headline = headlineOf(summary)?.arm;
  const arms = [summary.teacher, summary.scratch, summary.arms.find(({ slug }) => slug === headline)];
  const found = await Promise.all(
    arms
      .flatMap((arm) => arm ?? [])
      .map(async (arm) => calibrationOf(arm, await answersOf(arm), summary.part)),
  );
  return found.filter((one) => one !== null);
}

const answersOf = ({ seeds }: ArmSummary) =>
  Promise.all(
    seeds
      .filter(({ status }) => status === 'finished')
      .map(async ({ folder }) => ({
        validation: await readPredictions(folder, 'validation'),
        test: await readPredictions(folder, 'test'),
      })),
  );

/** Of the first run of the headline's arm that has begun. */
async function settings(root: string, items: readonly PlanItem[], summary: Summary) {
  const headline = headlineOf(summary)?.arm;
  const shown = items.filter(({ arm }) => arm === headline);
  const runs = await Promise.all(shown.map((item) => readRunFile(absoluteFolder(root, item))));
  const run = runs.flatMap(({ value }) => value ?? [])[0];
  return { configuration: run ? configurationRows(run) : [], environment: run ? environmentRows(run) : [] };
}
