/** The log of a run. */
export interface Log {
  info: (line: string) => void;
  error: (text: string) => void;
}

/** For a process that trains one run after the other. */
export const log: Log = {
  info: (line) => void process.stdout.write(`${line}\n`),
  error: (text) => void process.stderr.write(`${text}\n`),
};

/** For one of several runs of a process: each line begins with the run's number. */
export function numberedLog(run: number): Log {
  const mark = (text: string) => text.replace(/^/gm, `${run}> `);
  return { info: (line) => log.info(mark(line)), error: (text) => log.error(mark(text)) };
}

/** A line for the log of the run. */
export const logInfo = log.info;
