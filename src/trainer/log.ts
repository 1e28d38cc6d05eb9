/** Where the lines of a run go. */
export interface Log {
  say: (line: string) => void;
  /** What went wrong. */
  complain: (text: string) => void;
}

/** Of a process that does one run after the other. */
export const log: Log = {
  say: (line) => void process.stdout.write(`${line}\n`),
  complain: (text) => void process.stderr.write(`${text}\n`),
};

/** Of one of several runs of a process: whoever reads its lines tells by the number in front whose they are. */
export function numbered(run: number): Log {
  const mark = (text: string) => text.replace(/^/gm, `${run}> `);
  return { say: (line) => log.say(mark(line)), complain: (text) => log.complain(mark(text)) };
}

/** A line for the log of the run. */
export const say = log.say;
