import { summarizeArm } from './arms';
import { checks } from './checks';
import { compare, pair } from './comparisons';
import type { ArmInput, SummaryInput } from './input';
import { offerAllLabels } from './otherLabels';
import { keepPromise, otherLooksText } from './promise';
import { sweepSummary } from './sweep';
import { SUMMARY_VERSION, type Summary } from './summary';

/** The summary of an experiment from the results of its runs; pure, and the same for panel, report and terminal. */
export function summarize(given: SummaryInput): Summary {
  const { kept: input, afterLook } = keepPromise(given);
  const students = [...input.scratches, ...input.arms];
  const asked = students
    .filter((arm) => arm.ended === null)
    .flatMap((arm) => arm.runs.filter((run) => run.left === undefined));
  const runs = [...(input.teacher?.runs ?? []), ...asked];
  const complete =
    given.arms.length > 0 && asked.every((run) => run.status === 'finished' && run.test !== null);
  const part = complete ? 'test' : 'validation';

  const [scratch = null, ...otherScratches] = input.scratches.map((arm) =>
    summarizeArm(arm, 'scratch', input.teacher, part),
  );
  const summarized = {
    scratches: scratch === null ? [] : [scratch, ...otherScratches],
    teacher: input.teacher && summarizeArm(input.teacher, 'teacher', null, part),
    distilled: input.arms.map((arm) => summarizeArm(arm, 'distilled', input.teacher, part)),
  };
  const scratchOf = (arm: ArmInput) => input.scratches.find(({ slug }) => slug === arm.scratch) ?? null;
  const pairings = input.arms.map((arm) => pair(arm, scratchOf(arm), part));
  const comparisons = compare(input, pairings, summarized, complete, afterLook);
  const headline = comparisons.findIndex((comparison) => comparison.primary);
  const offer = complete && headline >= 0 ? offerAllLabels(input, input.arms[headline]!) : null;
  return {
    schemaVersion: SUMMARY_VERSION,
    experiment: input.experiment,
    description: input.description,
    part,
    complete,
    planned: {
      seeds: input.seeds.length,
      runs: runs.length,
      finished: runs.filter((run) => run.status === 'finished').length,
    },
    minGain: input.minGain,
    examples: input.examples,
    classes: input.classes,
    engine: input.engine,
    teacher: summarized.teacher,
    scratch,
    otherScratches,
    arms: summarized.distilled,
    sweep: sweepSummary(input),
    comparisons,
    checks:
      headline < 0 ? [] : checks(input, pairings[headline]!, comparisons[headline]!, complete, afterLook),
    afterLook: [...afterLook.changes, ...otherLooksText(given.otherLooks ?? [])],
    offers: offer ? [offer] : [],
    looks: input.looks.length,
  };
}
