/** A line for the log of the run. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`);
