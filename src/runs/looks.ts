import { lookSchema, type Look } from './files';
import { appendJsonLine, readJsonLines } from './jsonLines';
import { experimentFiles } from './layout';

/** Writes down, before it happens, that the test set is opened for these runs. */
export const appendLook = (runsFolder: string, look: Look): void =>
  appendJsonLine(experimentFiles(runsFolder).looks, look);

/** Every opening of the test set so far, oldest first. */
export const readLooks = (runsFolder: string): Promise<Look[]> =>
  readJsonLines(experimentFiles(runsFolder).looks, lookSchema);
