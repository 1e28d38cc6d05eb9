import { CommanderError } from 'commander';
import { UserError } from '../config/errors';

/** What the command line ends with; `docs/command-line.md` and --help say the same. */
export const EXIT = { done: 0, failed: 1, usage: 2, stopped: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_HELP = `
Exit codes: 0 done (whatever the verdict), 1 failed, 2 usage or config error, 3 stopped.`;

/** Wrong arguments or a config file with errors, as opposed to something that failed. */
export class UsageError extends UserError {}

/** The exit code of an error, and what to print for it: a sentence for a person, a stack for a bug, nothing where all is said. */
export function explainError(error: unknown): { code: ExitCode; text: string | null } {
  if (error instanceof CommanderError)
    return { code: error.exitCode === 0 ? EXIT.done : EXIT.usage, text: null };
  if (error instanceof UsageError) return { code: EXIT.usage, text: error.message || null };
  if (error instanceof UserError) return { code: EXIT.failed, text: error.message };
  return { code: EXIT.failed, text: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
