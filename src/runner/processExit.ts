import { totalmem } from 'node:os';

/** How a process ended, as the system reports it. */
export interface ProcessExit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The last lines that it wrote to stderr, oldest first. */
  stderr: readonly string[];
}

/** The run's progress at that time. */
export interface Progress {
  step: number;
  /** Step of the newest checkpoint. */
  checkpoint: number | null;
}

export interface ExitExplanation {
  cause: 'signal' | 'crash' | 'memory' | 'exit';
  message: string;
}

const CRASHES = ['SIGSEGV', 'SIGILL', 'SIGABRT', 'SIGBUS', 'SIGFPE'];
/** Exit codes by which a shell or Windows reports a crash. */
const CRASH_CODES: Readonly<Record<number, string>> = {
  132: 'SIGILL',
  134: 'SIGABRT',
  135: 'SIGBUS',
  136: 'SIGFPE',
  139: 'SIGSEGV',
  0xc0000005: 'access violation',
  0xc000001d: 'illegal instruction',
};
const OUT_OF_MEMORY =
  /heap out of memory|\bENOMEM\b|Array buffer allocation failed|std::bad_alloc|Cannot allocate memory/i;

/** Whether stderr says that the process ran out of memory. */
export const isOutOfMemory = (text: string): boolean => OUT_OF_MEMORY.test(text);

/** Explains the exit of a trainer that gave no reason itself. */
export function explainExit(
  ending: ProcessExit,
  progress: Progress,
  totalMemory = totalmem(),
): ExitExplanation {
  const text = ending.stderr.join('\n');
  const at = progress.step > 0 ? ` at step ${progress.step}` : '';
  if (isOutOfMemory(text))
    return {
      cause: 'memory',
      message: `Ran out of memory${at}${usedMemory(text, totalMemory)}. Halve the batch size.`,
    };
  const crash = ending.signal ?? (ending.code === null ? undefined : CRASH_CODES[ending.code]);
  if (crash !== undefined && (ending.signal === null || CRASHES.includes(crash)))
    return { cause: 'crash', message: `The engine crashed (${crash}).` };
  if (ending.signal !== null)
    return {
      cause: 'signal',
      message: `Another process ended the trainer (${ending.signal})${at}.${kept(progress)}`,
    };
  const tail = ending.stderr.slice(-5);
  const early = ending.code === 0 ? ' before its run was finished' : '';
  return {
    cause: 'exit',
    message: [`The trainer ended with code ${ending.code}${early}.`, ...tail].join('\n'),
  };
}

function kept({ checkpoint }: Progress): string {
  return checkpoint === null ? '' : ` The checkpoint of step ${checkpoint} is kept.`;
}

/** V8 prints its last collections before it gives up: "… Mark-Compact 4050.3 (4137.7) -> 4049.9 (4138.0) MB, …". */
function usedMemory(text: string, total: number): string {
  const last = [...text.matchAll(/-> [\d.]+ \((\d+(?:\.\d+)?)\) MB/g)].at(-1)?.[1];
  if (last === undefined) return '';
  const gigabytes = (bytes: number) => `${Number((bytes / 2 ** 30).toFixed(1))} GB`;
  return ` (${gigabytes(Number(last) * 2 ** 20)} of ${gigabytes(total)})`;
}
