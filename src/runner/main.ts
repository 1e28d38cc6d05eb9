import { join } from 'node:path';
import { logError, describeError } from './log';
import { fromArguments } from './options';
import { ProcessReader } from './reader/reader';
import { runExperiment } from './runExperiment';

// A separate process that outlives the one that started it: `node runner.js <experiment file> [--only <plan item>]…`.
const EXIT = { done: 0, failed: 1, stopped: 3 } as const;

async function main(): Promise<void> {
  try {
    const options = fromArguments(process.argv.slice(2));
    const reader = new ProcessReader(__dirname);
    process.exitCode = EXIT[await runExperiment(options, join(__dirname, 'trainer.js'), reader)];
  } catch (error) {
    logError(describeError(error));
    process.exitCode = 1;
  }
}

void main();
