import { errorText, UserError } from '../../config/errors';
import type { Snapshot } from '../../messages';
import { readExample } from '../../runs/laboratory/example';
import { LaboratoryReader } from '../../runs/laboratory/reader';
import type { Readable } from '../reader';
import type { ExperimentView, RunView } from '../store/views';

type Laboratory = Snapshot['laboratory'];
type Example = Snapshot['example'];

/** Milliseconds between two reads, since runs may finish one after another. */
const READ_EVERY = 2000;

/** The data of the Temperature page, read in the background once for each change. */
export class PanelLaboratory {
  private readonly reader = new LaboratoryReader();
  private readonly laboratory: Lately<Laboratory>;
  private readonly example: Lately<Example>;

  constructor(
    changed: () => void,
    log: { error(message: string): void },
    private readonly readable: Readable,
  ) {
    const failed = (error: unknown) => log.error(`The temperature laboratory: ${errorText(error)}`);
    this.laboratory = new Lately(READ_EVERY, changed, failed);
    this.example = new Lately(0, changed, failed);
  }

  /** What is known so far of the shown run and the requested row; the rest is being read. */
  of(
    { summary }: ExperimentView,
    shown: RunView | null,
    row: number | null,
  ): Pick<Snapshot, 'laboratory' | 'laboratoryRead' | 'example'> {
    if (summary === null || shown === null) return { laboratory: null, laboratoryRead: true, example: null };
    const { planned, part, sweep } = summary;
    const state = [part, planned.finished, planned.runs, sweep?.winner, sweep?.confirmation].join('\n');
    const laboratory = this.laboratory.get(shown.id, state, () => this.reader.read(summary, shown.id));
    const known = { laboratory, laboratoryRead: this.laboratory.isKnown };
    const { now: reader } = this.readable;
    if (row === null || reader === null) return { ...known, example: null };
    const example = this.example.get(`${shown.id}\n${row}`, `${part} ${planned.finished}`, async () => {
      try {
        return { row, found: await readExample(summary, shown.id, row, reader), problem: null };
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return { row, found: null, problem: error.message };
      }
    });
    return { ...known, example: example ?? { row, found: null, problem: null } };
  }
}

/**
 * The newest value of a subject, read again when its state changes, one read at a time. A new subject does not wait; a
 * pending read of the previous one is dropped.
 */
class Lately<Value> {
  private subject: string | null = null;
  private state: string | null = null;
  private value: Value | null = null;
  /** Whether a read of the subject has ended. */
  isKnown = false;
  /** Number of the newest read; older results are dropped. */
  private turn = 0;
  private reading = false;
  private time = -Infinity;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly every: number,
    private readonly changed: () => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  get(subject: string, state: string, read: () => Promise<Value>): Value | null {
    if (subject !== this.subject) {
      this.value = null;
      this.isKnown = false;
      void this.read(subject, state, read);
    } else if (state !== this.state && !this.reading) {
      const wait = this.time + this.every - Date.now();
      if (wait <= 0) void this.read(subject, state, read);
      else this.timer ??= setTimeout(() => this.again(), wait);
    }
    return this.value;
  }

  private again(): void {
    this.timer = null;
    this.changed();
  }

  private async read(subject: string, state: string, read: () => Promise<Value>): Promise<void> {
    const turn = ++this.turn;
    this.reading = true;
    this.subject = subject;
    this.state = state;
    try {
      const value = await read();
      if (turn === this.turn) this.value = value;
    } catch (error) {
      this.failed(error);
    }
    if (turn !== this.turn) return;
    this.reading = false;
    this.isKnown = true;
    this.time = Date.now();
    this.changed();
  }
}
