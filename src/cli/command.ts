import { CommanderError, type Command } from 'commander';
import { UserError } from '../config/errors';

/** Exit codes, as documented in `docs/command-line.md` and --help. */
export const EXIT = { done: 0, failed: 1, usage: 2, stopped: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_HELP = `
Exit codes: 0 done (whatever the verdict), 1 failed, 2 usage or config error, 3 stopped.`;

/** Wrong arguments, or a config file with errors. */
export class UsageError extends UserError {}

/** The exit code of an error, and what to print: a message for the user, a stack for a bug, null if it was printed already. */
export function explainError(error: unknown): { code: ExitCode; text: string | null } {
  if (error instanceof CommanderError)
    return { code: error.exitCode === 0 ? EXIT.done : EXIT.usage, text: null };
  if (error instanceof UsageError) return { code: EXIT.usage, text: error.message || null };
  if (error instanceof UserError) return { code: EXIT.failed, text: error.message };
  return { code: EXIT.failed, text: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

/** Adds a command to the program; its action reports the exit code through `end`. */
export type RegisterCommand = (program: Command, end: (code: ExitCode) => void) => void;
