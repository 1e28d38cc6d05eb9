import { createInterface } from 'node:readline/promises';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { ENGINES, WANTED_ENGINES, type WantedEngine } from '../../config/numerics';
import { EXIT, type RegisterCommand } from '../command';
import type { RunnableExperiment } from '../../runner/missingItems';
import { workloadOf, workloadText } from '../../runs/workload';
import { MANY_TRAININGS } from '../../runs/futureRuns';
import { EXPERIMENT_ARGUMENT, prepareOrReport } from '../experiment';
import { printMessage } from '../output';
import { runExperiment } from '../runExperiment';

export interface RunFlags {
  only?: string[];
  parallel?: number;
  engine?: WantedEngine;
  retrainOn?: WantedEngine;
  grace?: number;
  yes?: true;
  json?: true;
}

export const runCommand: RegisterCommand = (program, end) => {
  const command = program
    .command('run')
    .description('Trains the missing runs of an experiment, and shows whether distillation helped.')
    .argument('<experiment>', EXPERIMENT_ARGUMENT)
    .option(
      '--only <item>',
      'only this item of the plan (distillery plan lists them) and what it waits for; can be repeated',
      (item: string, before: string[] = []) => [...before, item],
    )
    .addOption(
      new Option('--engine <engine>', 'the engine, if the experiment has none yet').choices(WANTED_ENGINES),
    )
    .option('--yes', 'start without asking, however many trainings there are')
    .addOption(new Option('--retrain-on <engine>', 'train everything again on this engine').choices(ENGINES));
  addRunOptions(command)
    .addHelpText(
      'after',
      `
Ctrl-C stops: every run writes a checkpoint and can be resumed. Pressed twice, it stops at once.
If this command ends in another way, the runs continue; run it again to follow them.

Examples:
  distillery run experiments/few-labels
  distillery run few-labels.distill.json --parallel 4
  distillery run few-labels.distill.json --only scratch/seed-0 --only distilled/seed-0
  distillery run few-labels.distill.json --retrain-on native`,
    )
    .action(async (argument: string, flags: RunFlags) => {
      const { json, yes, parallel: parallelism, ...rest } = flags;
      const ready = await prepareOrReport(argument);
      if (rest.only === undefined && !(await confirmStart(ready, yes === true))) end(EXIT.usage);
      else end(await runExperiment(ready, { ...rest, parallelism }, json === true));
    });
};

/** Options that run and resume share. */
export function addRunOptions(command: Command): Command {
  return command
    .option('--parallel <n>', 'number of trainings at once (default: from distillery.json)', atLeast(1))
    .option('--grace <seconds>', 'time for checkpoints after a stop (default: 10)', atLeast(0))
    .option('--json', 'print the summary as JSON');
}

function atLeast(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= least) || (least === 1 && !Number.isInteger(value)))
      throw new InvalidArgumentError(`Expected a ${least === 1 ? 'whole ' : ''}number of at least ${least}.`);
    return value;
  };
}

/**
 * A very large number of trainings may be a mistake: asks in a terminal, and requires --yes elsewhere.
 *
 * @returns whether to start
 */
async function confirmStart(ready: RunnableExperiment, yes: boolean): Promise<boolean> {
  if (yes) return true;
  const account = await workloadOf(ready);
  if (account.trainings <= MANY_TRAININGS) return true;
  const said = `${ready.experiment.name} needs ${workloadText(account)}.`;
  if (!process.stdin.isTTY) {
    printMessage(`${said} Pass --yes to start them.`);
    return false;
  }
  const line = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await line.question(`${said} Start them? [y/N] `);
  line.close();
  return /^y(es)?$/i.test(answer.trim());
}
