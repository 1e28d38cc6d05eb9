/** Results go to stdout, so that a program can read them; what is said on the way goes to stderr. */
export function print(...lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

export function tell(...lines: string[]): void {
  process.stderr.write(`${lines.join('\n')}\n`);
}

/** Whoever reads may go away (`distillery methods | head -1`): that is an end, not an error. */
export function endQuietlyWithReader(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit();
    });
}
