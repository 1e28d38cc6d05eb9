import type { Reader } from '../../data/reader';
import type { Classes } from '../../messages';
import { collectClasses, collectPictures } from '../../runs/classes';
import type { Summary } from '../../results/summary';
import type { Readable } from '../reader';
import type { ExperimentView } from '../store/views';
import { shownRun, type Selection } from './selection';

/** The numbers of the Classes page, read again only when the summary or the arm changes. */
export class ClassesOfArm {
  private known: { summary: Summary; arm: string; value: Promise<Classes | null> } | null = null;

  constructor(private readonly reader: Readable) {}

  /** For the shown arm, or the primary one. @throws UserError if a file of predictions is damaged */
  of(view: ExperimentView, selection: Selection): Promise<Classes | null> {
    const { summary } = view;
    const arm = summary && armOf(summary, shownRun(view, selection)?.spec?.arm?.slug);
    const { now: reader } = this.reader;
    if (!summary || arm === undefined || arm === null || reader === null) return Promise.resolve(null);
    if (this.known?.summary !== summary || this.known.arm !== arm)
      this.known = { summary, arm, value: read(summary, arm, reader) };
    return this.known.value;
  }
}

async function read(summary: Summary, arm: string, reader: Reader): Promise<Classes | null> {
  const view = await collectClasses(summary, arm);
  return view && { ...view, pictures: await collectPictures(summary, view, reader) };
}

const armOf = ({ arms, comparisons }: Summary, shown: string | undefined): string | undefined =>
  arms.find((arm) => arm.slug === shown)?.slug ??
  comparisons.find((one) => one.primary)?.arm ??
  arms[0]?.slug;
