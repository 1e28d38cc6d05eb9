import { parseArgs } from 'node:util';
import { UserError } from '../config/errors';
import { WANTED_ENGINES, type WantedEngine } from '../config/numerics';

/** Seconds that a stop leaves to the trainers. */
export const DEFAULT_GRACE = 10;

/** How a runner is called; `start.ts` writes these arguments and `main.ts` reads them. */
export interface RunnerOptions {
  /** Path of the *.distill.json file. */
  experimentFile: string;
  /** Ids of plan items: these and what they wait for, instead of all that is missing. */
  only?: readonly string[] | undefined;
  /** With `only`: also what the results of these items decide, as a walk without `only` does (Resume). */
  goOn?: boolean | undefined;
  /** Trainers at once, instead of what distillery.json says. */
  parallelism?: number | undefined;
  /** Instead of the engine in the file, where the experiment has none yet. */
  engine?: WantedEngine | undefined;
  /** Train everything again on this engine. */
  retrainOn?: WantedEngine | undefined;
  /** Seconds that a stop leaves to the trainers before their processes are ended. */
  grace?: number | undefined;
  /** For the Node of the trainers, e.g. --max-old-space-size=8192. */
  trainerArguments?: readonly string[] | undefined;
}

export function toArguments(options: RunnerOptions): string[] {
  const option = (name: string, value: string | number | undefined) =>
    value === undefined ? [] : [`--${name}=${value}`];
  return [
    options.experimentFile,
    ...(options.only ?? []).flatMap((id) => option('only', id)),
    ...(options.goOn === true ? ['--go-on'] : []),
    ...option('parallel', options.parallelism),
    ...option('engine', options.engine),
    ...option('retrain-on', options.retrainOn),
    ...option('grace', options.grace),
    ...(options.trainerArguments ?? []).flatMap((argument) => option('trainer-argument', argument)),
  ];
}

/** @throws UserError where the arguments are none of a runner's */
export function fromArguments(args: readonly string[]): RunnerOptions {
  const { values, positionals } = parse(args);
  const [experimentFile, ...more] = positionals;
  if (experimentFile === undefined || more.length > 0)
    throw new UserError('The runner takes one experiment file: runner.js <file> [--only <plan item>]…');
  return {
    experimentFile,
    only: values.only,
    goOn: values['go-on'],
    parallelism: number('parallel', values.parallel, 1),
    engine: engine(values.engine),
    retrainOn: engine(values['retrain-on']),
    grace: number('grace', values.grace, 0),
    trainerArguments: values['trainer-argument'],
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        only: { type: 'string', multiple: true },
        'go-on': { type: 'boolean' },
        parallel: { type: 'string' },
        engine: { type: 'string' },
        'retrain-on': { type: 'string' },
        grace: { type: 'string' },
        'trainer-argument': { type: 'string', multiple: true },
      },
    });
  } catch (error) {
    throw new UserError(
      `The runner was called wrongly: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function number(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value >= least)) throw new UserError(`--${name} takes a number from ${least} on, not "${text}".`);
  return value;
}

function engine(text: string | undefined): WantedEngine | undefined {
  if (text === undefined) return undefined;
  const known = WANTED_ENGINES.find((id) => id === text);
  if (known === undefined)
    throw new UserError(`There is no engine "${text}": it is one of ${WANTED_ENGINES.join(', ')}.`);
  return known;
}
