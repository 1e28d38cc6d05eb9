import type { Command } from 'commander';
import type { ExitCode } from './exit';

/** A verb: adds itself to the program, and says how it ended. */
export type Verb = (program: Command, end: (code: ExitCode) => void) => void;
