import { termsOfRun } from '../methods/ofRun';
import type { Line, RunCurves } from '../results/report';
import type { PlanItem, RunEvent } from './files';
import { absoluteFolder } from './folder';
import type { RunDraft } from './planned';
import { readEvents } from './tail';
import { own } from '../own';

/** What one training left behind to draw; nothing of a run that has not begun. */
export async function curvesOf(
  root: string,
  item: PlanItem,
  draft: Pick<RunDraft, 'steps' | 'method'> | undefined,
): Promise<RunCurves[]> {
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
      plannedSteps: draft?.steps ?? 0,
      terms: draft ? termsOfRun(draft.method) : {},
      losses: Object.fromEntries(
        terms.map((term) => [
          term,
          line(
            steps,
            steps.map(({ raw }) => own(raw, term) ?? null),
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
