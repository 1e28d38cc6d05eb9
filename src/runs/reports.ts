import { relative } from 'node:path';
import { report } from '../results/report';
import type { Line, ReportExtras, RunCurves } from '../results/report';
import type { Summary } from '../results/summary';
import { writeAtomic, writeJson } from './atomic';
import { collectSummary } from './collect';
import { configurationRows, environmentRows } from './describe';
import type { PlanItem, RunEvent, RunFile } from './files';
import { absoluteFolder, readRunFile } from './folder';
import { experimentFiles } from './layout';
import type { Prepared } from './prepare';
import { readEvents } from './tail';

/**
 * Writes summary.json and report.html into the experiment's folder of runs; both can be deleted and made again.
 * @throws UserError where the experiment has no plan, or the folder cannot be written
 */
export async function writeReports(prepared: Prepared): Promise<{ summary: Summary; report: string }> {
  const summary = await collectSummary(prepared);
  const { experiment, plan } = prepared;
  if (experiment === null || plan === null) throw new Error('A summary without a plan.');
  const { root, runsFolder } = experiment;
  const items = plan.items.filter((item) => item.kind === 'run');
  const curves = await Promise.all(
    items.map((item) => curvesOf(root, item, plan.drafts.get(item.id)?.steps ?? 0)),
  );
  const files = experimentFiles(runsFolder);
  const extras: ReportExtras = {
    made: new Date().toISOString(),
    curves: curves.flat(),
    ...(await settings(root, items, summary)),
    paper: experiment.config.paper,
    commands: commands(prepared.file, root),
  };
  writeJson(files.summary, summary);
  writeAtomic(files.report, report(summary, extras));
  return { summary, report: files.report };
}

/** Nothing of a run that has not begun. */
async function curvesOf(root: string, item: PlanItem, plannedSteps: number): Promise<RunCurves[]> {
  const events = await readEvents(absoluteFolder(root, item));
  if (events.length === 0) return [];
  const steps = ofKind(events, 'step');
  const evaluations = ofKind(events, 'evaluation');
  const terms = [...new Set(steps.flatMap(({ raw }) => Object.keys(raw)))];
  const line = (list: { step: number }[], y: (number | null)[]): Line => ({
    x: list.map(({ step }) => step),
    y,
  });
  return [
    {
      arm: item.arm ?? '',
      seed: item.seed ?? 0,
      plannedSteps,
      losses: Object.fromEntries(
        terms.map((term) => [
          term,
          line(
            steps,
            steps.map(({ raw }) => raw[term] ?? null),
          ),
        ]),
      ),
      validationAccuracy: line(
        evaluations,
        evaluations.map(({ validation }) => validation.accuracy),
      ),
    },
  ];
}

const ofKind = <Kind extends RunEvent['event']>(events: readonly RunEvent[], kind: Kind) =>
  events.filter((event): event is Extract<RunEvent, { event: Kind }> => event.event === kind);

/** Of the first run of the headline's arm that has begun. */
async function settings(root: string, items: readonly PlanItem[], { comparisons }: Summary) {
  const headline = comparisons.find(({ primary }) => primary)?.arm;
  const shown = items.filter(({ arm }) => arm === headline);
  const runs = await Promise.all(shown.map((item) => readRunFile(absoluteFolder(root, item))));
  const run: RunFile | undefined = runs.flatMap(({ value }) => value ?? [])[0];
  return { configuration: run ? configurationRows(run) : [], environment: run ? environmentRows(run) : [] };
}

function commands(file: string, root: string): string[] {
  const path = relative(root, file).replaceAll('\\', '/');
  return [`distillery run ${/\s/.test(path) ? JSON.stringify(path) : path}`];
}
