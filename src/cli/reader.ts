import { ProcessReader } from '../runner/reader/reader';

/** Reads data and saved models for every command. */
export const reader = new ProcessReader(__dirname);
