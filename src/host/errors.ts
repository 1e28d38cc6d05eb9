/** For the log: where it happened, if that is known. */
export const explain = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
