import { open, readdir } from 'node:fs/promises';
import { unlessMissing } from './atomic';
import { eventSchema, type RunEvent } from './files';
import { runFiles } from './layout';

/** A longer line is not an event: it is skipped. Logits of 12 examples of 50,000 classes fit. */
export const LONGEST_LINE = 1 << 24;
const CHUNK = 1 << 18;
const NEWLINE = 10;

/** Reads what was appended to a text file since the last call. A torn last line waits until its end arrives. */
export class LineTail {
  private offset = 0;
  private torn: Buffer[] = [];
  private tornBytes = 0;

  constructor(private readonly file: string) {}

  /** The complete lines since the last call; none where the file is not there (yet). */
  async read(): Promise<string[]> {
    const handle = await unlessMissing(open(this.file, 'r'));
    if (handle === null) return [];
    try {
      const { size } = await handle.stat();
      // Shorter than what was read: the file was rewritten.
      if (size < this.offset) this.restart();
      const lines: string[] = [];
      while (this.offset < size) {
        const buffer = Buffer.alloc(Math.min(CHUNK, size - this.offset));
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, this.offset);
        if (bytesRead === 0) break;
        this.offset += bytesRead;
        this.take(buffer.subarray(0, bytesRead), lines);
      }
      return lines;
    } finally {
      await handle.close();
    }
  }

  private restart(): void {
    this.offset = 0;
    this.forget();
  }

  private forget(): void {
    this.torn = [];
    this.tornBytes = 0;
  }

  private take(chunk: Buffer, lines: string[]): void {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.hold(chunk.subarray(start, end));
      if (this.tornBytes > 0 && this.tornBytes <= LONGEST_LINE)
        lines.push(Buffer.concat(this.torn).toString('utf8'));
      this.forget();
      start = end + 1;
    }
    this.hold(chunk.subarray(start));
  }

  private hold(part: Buffer): void {
    this.tornBytes += part.length;
    if (this.tornBytes > LONGEST_LINE) this.torn = [];
    else if (part.length > 0) this.torn.push(part);
  }
}

/** Follows the events of a run, attempt after attempt. Never throws on a malformed line. */
export class RunTail {
  private attempt = 0;
  private tail: LineTail | null = null;

  constructor(private readonly folder: string) {}

  /** Events since the last call, in the order they happened. */
  async read(): Promise<RunEvent[]> {
    const events: RunEvent[] = [];
    const attempts = await listAttempts(this.folder);
    for (const attempt of attempts.filter((a) => a >= this.attempt)) {
      if (attempt > this.attempt || this.tail === null) {
        this.attempt = attempt;
        this.tail = new LineTail(runFiles(this.folder).events(attempt));
      }
      for (const line of await this.tail.read()) {
        const event = parseEvent(line);
        if (event !== null) events.push(event);
      }
    }
    return events;
  }
}

/** An event; null for any other line. */
export function parseEvent(line: string): RunEvent | null {
  try {
    const event = eventSchema.safeParse(JSON.parse(line));
    return event.success ? event.data : null;
  } catch {
    return null;
  }
}

/** All events of a run as one history: what an attempt did beyond the checkpoint that the next one went on from is left out. */
export async function readEvents(folder: string): Promise<RunEvent[]> {
  return oneHistory(await new RunTail(folder).read());
}

/** The same for events that came in any number of calls, in order. */
export function oneHistory(events: readonly RunEvent[]): RunEvent[] {
  const history: RunEvent[] = [];
  for (const event of events) {
    if (event.event === 'start')
      while (history.length > 0 && (history.at(-1)!.step > event.step || history.at(-1)!.event === 'end'))
        history.pop();
    history.push(event);
  }
  return history;
}

/** Numbers of the attempts that left a file of events, ascending. */
export async function listAttempts(folder: string): Promise<number[]> {
  const names = (await unlessMissing(readdir(folder))) ?? [];
  return names
    .flatMap((name) => /^events\.(\d+)\.jsonl$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}
