import { ProcessReader } from '../runner/reader/reader';

/** The reader of data and saved models for all commands. */
export const reader = new ProcessReader(__dirname);
