/** Where the lines of a run go. */
export interface Log {
  info: (line: string) => void;
  /** What went wrong. */
  error: (text: string) => void;
}

/** Of a process that does one run after the other. */
export const log: Log = {
  info: (line) => void process.stdout.write(`${line}\n`),
  error: (text) => void process.stderr.write(`${text}\n`),
};

/** Of one of several runs of a process: whoever reads its lines tells by the number in front whose they are. */
export function numberedLog(run: number): Log {
  const mark = (text: string) => text.replace(/^/gm, `${run}> `);
  return { info: (line) => log.info(mark(line)), error: (text) => log.error(mark(text)) };
}

/** A line for the log of the run. */
export const logInfo = log.info;
