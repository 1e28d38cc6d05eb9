import { UserError } from '../config/errors';
import type { EngineId } from '../config/numerics';
import { measureCost } from './measureCost';
import { evaluate } from './evaluate';
import { extract } from './extract';
import { measureGflops } from './measureGflops';
import { trainGroup } from './group/trainGroup';
import { selfTest } from './selfTest';
import { trainRun } from './run';
import { listenForSignals } from './stopping';
import { timeSteps } from './timeSteps';

const USAGE = `Usage: trainer.js self-test <engine> [--measure]
       trainer.js train [--group] [--until=<step>] <run folder>…
       trainer.js extract [--top-k=<number>] | evaluate | cost | time <run folder>…
Exit codes: 0 done, or paused at that step; 3 stopped on request, 1 failed.`;

const GROUP = '--group';
const TOP_K = '--top-k=';
const UNTIL = '--until=';

async function main([command, ...rest]: string[]): Promise<number> {
  if (rest.length === 0) throw new UserError(USAGE);
  const folders = rest.filter((word) => !word.startsWith('--'));
  const numberOf = (option: string) =>
    rest.flatMap((word) => (word.startsWith(option) ? [Number(word.slice(option.length))] : []))[0];
  switch (command) {
    case 'self-test':
      process.stdout.write(`${JSON.stringify(await testEngine(rest))}\n`);
      return 0;
    case 'train':
      return rest.includes(GROUP) ? trainGroup(folders, numberOf(UNTIL)) : trainAll(folders, numberOf(UNTIL));
    case 'extract':
      for (const folder of folders) await extract(folder, numberOf(TOP_K));
      return 0;
    case 'evaluate':
      for (const folder of rest) await evaluate(folder);
      return 0;
    case 'cost':
      for (const folder of rest) await measureCost(folder);
      return 0;
    case 'time':
      for (const folder of rest) process.stdout.write(`${JSON.stringify(await timeSteps(folder))}\n`);
      return 0;
    default:
      throw new UserError(USAGE);
  }
}

async function testEngine([engine, ...options]: readonly string[]) {
  const outcome = await selfTest(engine as EngineId);
  return outcome.ok && options.includes('--measure')
    ? { ...outcome, gflops: await measureGflops() }
    : outcome;
}

/** Continues after a failed run; ends at a stop. */
async function trainAll(folders: readonly string[], until: number | undefined): Promise<number> {
  listenForSignals();
  let failed = false;
  for (const folder of folders) {
    const outcome = await trainRun(folder, { until });
    if (outcome === 'stopped') return 3;
    failed ||= outcome === 'failed';
  }
  return failed ? 1 : 0;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(
      `${error instanceof UserError ? error.message : ((error as Error).stack ?? String(error))}\n`,
    );
    process.exitCode = 1;
  },
);
