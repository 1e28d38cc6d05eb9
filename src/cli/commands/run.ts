import { InvalidArgumentError, Option, type Command } from 'commander';
import { ENGINES, WANTED_ENGINES, type WantedEngine } from '../../config/numerics';
import { mayBegin } from '../begin';
import { EXIT } from '../exit';
import { EXPERIMENT_ARGUMENT, prepareOrTell } from '../experiment';
import type { Verb } from '../verb';
import { runAndShow } from '../running';

export interface RunFlags {
  only?: string[];
  parallel?: number;
  engine?: WantedEngine;
  retrainOn?: WantedEngine;
  grace?: number;
  yes?: true;
  json?: true;
}

export const runCommand: Verb = (program, end) => {
  const command = program
    .command('run')
    .description(
      'Trains what an experiment asks for and is not there yet, and shows whether distillation helped.',
    )
    .argument('<experiment>', EXPERIMENT_ARGUMENT)
    .option(
      '--only <item>',
      'this item of the plan (distillery plan lists them) and what it waits for; may be given again',
      (item: string, before: string[] = []) => [...before, item],
    )
    .addOption(
      new Option('--engine <engine>', 'what computes, where the experiment has none yet').choices(
        WANTED_ENGINES,
      ),
    )
    .option('--yes', 'begin however many trainings it is')
    .addOption(new Option('--retrain-on <engine>', 'train everything again on this engine').choices(ENGINES));
  addRunOptions(command)
    .addHelpText(
      'after',
      `
Ctrl-C stops: every run leaves a checkpoint and can be resumed. Twice: at once.
The runs go on when this command is ended otherwise; the same command follows them again.

Examples:
  distillery run experiments/few-labels
  distillery run few-labels.distill.json --parallel 4
  distillery run few-labels.distill.json --only scratch/seed-0 --only distilled/seed-0
  distillery run few-labels.distill.json --retrain-on native`,
    )
    .action(async (argument: string, flags: RunFlags) => {
      const { json, yes, parallel: parallelism, ...rest } = flags;
      const ready = await prepareOrTell(argument);
      if (rest.only === undefined && !(await mayBegin(ready, yes === true))) end(EXIT.usage);
      else end(await runAndShow(ready, { ...rest, parallelism }, json === true));
    });
};

/** What run and resume have in common. */
export function addRunOptions(command: Command): Command {
  return command
    .option('--parallel <n>', 'trainings at once (default: as distillery.json says)', atLeast(1))
    .option('--grace <seconds>', 'time that a stop leaves for checkpoints (default: 10)', atLeast(0))
    .option('--json', 'print the summary as JSON');
}

function atLeast(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= least) || (least === 1 && !Number.isInteger(value)))
      throw new InvalidArgumentError(`Expected a ${least === 1 ? 'whole ' : ''}number from ${least} on.`);
    return value;
  };
}
