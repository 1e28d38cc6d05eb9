import { UserError } from '../../config/errors';
import type { Snapshot } from '../../messages';
import { readExample } from '../../runs/laboratory/example';
import { LaboratoryReader } from '../../runs/laboratory/reader';
import { explain } from '../errors';
import type { Readable } from '../reader';
import type { ExperimentView, RunView } from '../store/views';

type Laboratory = Snapshot['laboratory'];
type Example = Snapshot['example'];

/** While runs finish one after another their page has something better to do. */
const READ_EVERY = 2000;

/** The temperature laboratory of a page: read beside the posts, once for each change, and posted when it is there. */
export class PanelLaboratory {
  /** The row that the page asked for. */
  row: number | null = null;
  private readonly reader = new LaboratoryReader();
  private readonly laboratory: Lately<Laboratory>;
  private readonly example: Lately<Example>;

  constructor(
    changed: () => void,
    log: { error(message: string): void },
    private readonly readable: Readable,
  ) {
    const failed = (error: unknown) => log.error(`The temperature laboratory: ${explain(error)}`);
    this.laboratory = new Lately(READ_EVERY, changed, failed);
    this.example = new Lately(0, changed, failed);
  }

  /** What is known by now of the run that is shown; what is not is read meanwhile. */
  of({ summary }: ExperimentView, shown: RunView | null): { laboratory: Laboratory; example: Example } {
    if (summary === null || shown === null) return { laboratory: null, example: null };
    const { planned, part, sweep } = summary;
    const state = [shown.id, part, planned.finished, planned.runs, sweep?.winner, sweep?.confirmation];
    const laboratory = this.laboratory.get(state.join('\n'), () => this.reader.read(summary, shown.id));
    const { row } = this;
    const { now: reader } = this.readable;
    if (row === null || reader === null) return { laboratory: ofRun(laboratory, shown), example: null };
    const asked = [shown.id, part, planned.finished, row].join('\n');
    const example = this.example.get(asked, async () => {
      try {
        return { row, found: await readExample(summary, shown.id, row, reader), problem: null };
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return { row, found: null, problem: error.message };
      }
    });
    return {
      laboratory: ofRun(laboratory, shown),
      example: example?.row === row ? example : { row, found: null, problem: null },
    };
  }
}

/** Another run's numbers are not shown while this one's are read. */
const ofRun = (laboratory: Laboratory, { id }: RunView) => (laboratory?.run === id ? laboratory : null);

/** The newest value that was read, by a key: read again when the key is another, one reading at a time. */
class Lately<Value> {
  private key: string | null = null;
  private value: Value | null = null;
  private reading = false;
  private time = -Infinity;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly every: number,
    private readonly changed: () => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  get(key: string, read: () => Promise<Value>): Value | null {
    const wait = this.time + this.every - Date.now();
    if (key !== this.key && !this.reading) {
      if (wait <= 0) void this.read(key, read);
      else this.timer ??= setTimeout(() => this.again(), wait);
    }
    return this.value;
  }

  private again(): void {
    this.timer = null;
    this.changed();
  }

  private async read(key: string, read: () => Promise<Value>): Promise<void> {
    this.reading = true;
    this.key = key;
    try {
      this.value = await read();
    } catch (error) {
      this.failed(error);
    } finally {
      this.reading = false;
      this.time = Date.now();
      this.changed();
    }
  }
}
