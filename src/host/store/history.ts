import type { RunEvent } from '../../runs/files';
import { Pace } from './pace';
import { BoundedSeries, type Points } from './boundedSeries';

type EventOf<Kind extends RunEvent['event']> = Extract<RunEvent, { event: Kind }>;

/** The curves of a run. */
export type HistoryLines = Record<SingleName, Points> &
  Record<FamilyName, Record<string, Points>> & { seconds: Points };

const singles = [
  'total',
  'learningRate',
  'cosine',
  'trainAccuracy',
  'validationAccuracy',
  'validationLoss',
  'agreement',
] as const;
const families = ['raw', 'weighted', 'gradient'] as const;
type SingleName = (typeof singles)[number];
type FamilyName = (typeof families)[number];

/** The history of a run from its events, in order, in bounded memory. */
export class RunHistory {
  readonly pace = new Pace();
  startTime: number | null = null;
  attempt = 0;
  step = 0;
  epoch = 0;
  lastTime: number | null = null;
  parameters: number | null = null;
  checkpoint: number | null = null;
  evaluation: EventOf<'evaluation'> | null = null;
  probe: EventOf<'probe'> | null = null;
  end: EventOf<'end'> | null = null;
  latestRaw: Readonly<Record<string, number>> = {};

  private readonly single = Object.fromEntries(singles.map((name) => [name, new BoundedSeries()])) as Record<
    SingleName,
    BoundedSeries
  >;
  private readonly family: Record<FamilyName, Map<string, BoundedSeries>> = {
    raw: new Map(),
    weighted: new Map(),
    gradient: new Map(),
  };
  private readonly time = new BoundedSeries();

  apply(event: RunEvent): void {
    this.lastTime = event.time;
    switch (event.event) {
      case 'start':
        return this.begin(event);
      case 'step':
        return this.addStep(event);
      case 'gradient':
        this.addFamily('gradient', event.step, event.norms);
        if (event.cosine !== undefined) this.single.cosine.add(event.step, event.cosine);
        return;
      case 'evaluation':
        return this.addEvaluation(event);
      case 'probe':
        this.probe = event;
        return;
      case 'checkpoint':
        this.checkpoint = event.step;
        return;
      case 'end':
        this.end = event;
        return;
      case 'note':
        return;
    }
  }

  lines(): HistoryLines {
    const total = this.single.total.line();
    return {
      ...(Object.fromEntries(singles.map((name) => [name, this.single[name].line()])) as Record<
        SingleName,
        Points
      >),
      ...(Object.fromEntries(
        families.map((name) => [
          name,
          Object.fromEntries([...this.family[name]].map(([term, series]) => [term, series.line()])),
        ]),
      ) as Record<FamilyName, Record<string, Points>>),
      seconds: { x: total.x, y: interpolate(this.time.line(), total.x) },
    };
  }

  /** A resumed attempt repeats the steps after its checkpoint: their points are removed. */
  private begin(event: EventOf<'start'>): void {
    this.startTime ??= event.time;
    this.attempt = event.attempt;
    this.parameters = event.parameters;
    this.step = event.step;
    this.end = null;
    this.pace.restart(event.time, event.step);
    const all = [...Object.values(this.single), this.time];
    for (const series of [...all, ...families.flatMap((name) => [...this.family[name].values()])])
      series.cutAfter(event.step);
  }

  private addStep(event: EventOf<'step'>): void {
    this.step = event.step;
    this.epoch = event.epoch;
    this.latestRaw = event.raw;
    this.pace.step(event.time, event.step);
    this.addFamily('raw', event.step, event.raw);
    this.addFamily('weighted', event.step, event.weighted);
    this.single.total.add(event.step, event.total);
    this.single.learningRate.add(event.step, event.learningRate);
    this.time.add(event.step, (event.time - (this.startTime ?? event.time)) / 1000);
  }

  private addEvaluation(event: EventOf<'evaluation'>): void {
    this.evaluation = event;
    this.epoch = event.epoch;
    const { accuracy, loss, agreement } = event.validation;
    if (event.trainAccuracy !== null) this.single.trainAccuracy.add(event.step, event.trainAccuracy);
    this.single.validationAccuracy.add(event.step, accuracy);
    this.single.validationLoss.add(event.step, loss);
    if (agreement !== null) this.single.agreement.add(event.step, agreement);
  }

  private addFamily(name: FamilyName, step: number, values: Readonly<Record<string, number>>): void {
    for (const [term, value] of Object.entries(values)) {
      let series = this.family[name].get(term);
      if (!series) this.family[name].set(term, (series = new BoundedSeries()));
      series.add(step, value);
    }
  }
}

/** Linear interpolation of a line at ascending positions. */
function interpolate({ x, y }: Points, places: readonly number[]): number[] {
  let right = 0;
  return places.map((place) => {
    while (right < x.length - 1 && (x[right] ?? 0) < place) right++;
    const [x0, x1] = [x[right - 1], x[right]];
    const [y0, y1] = [y[right - 1], y[right]];
    if (x1 === undefined || y1 === undefined) return 0;
    if (x0 === undefined || y0 === undefined || x1 <= place) return y1;
    return y0 + ((place - x0) / (x1 - x0)) * (y1 - y0);
  });
}
