import { join } from 'node:path';
import { Argument } from 'commander';
import { storageFolder, type BroughtEngine } from '../../engines/storage';
import type { Numerics } from '../../config/numerics';
import { bytes, plural } from '../../results/format';
import { chooseNode } from '../../runner/node';
import { createSelfTest } from '../../runner/selfTest';
import { SetUpCancelled } from '../../runner/setup/failures';
import { isCurrent, madeFrom } from '../../runner/setup/plan';
import { ENGINE_NAMES, setupPaths } from '../../runner/setup/setupPaths';
import { planSetup } from '../../runner/setup/plan';
import { isSetUp, removeEngine } from '../../runner/setup/remove';
import { setUpEngine } from '../../runner/setup/setUp';
import { EXIT, type ExitCode, type RegisterCommand } from '../command';
import { print, printJson, printMessage } from '../output';

interface Flags {
  remove?: true;
  json?: true;
}

export const setupCommand: RegisterCommand = (program, end) => {
  program
    .command('setup')
    .description(
      'Installs an engine that is not in the package, for the editor and the command line: native (TensorFlow’s C library) or gpu (WebGPU).',
    )
    .addArgument(new Argument('<engine>', 'what to set up').choices(['native', 'gpu']))
    .option('--remove', 'delete it')
    .option('--json', 'print what was done as JSON')
    .addHelpText(
      'after',
      `
It is installed below ${storageFolder()}
(set DISTILLERY_STORAGE for another folder), after a test in which it trains a small network. Ctrl-C cancels and leaves nothing behind.

Examples:
  distillery setup native
  distillery setup gpu`,
    )
    .action(async (engine: BroughtEngine, flags: Flags) =>
      end(flags.remove ? await remove(engine, flags.json) : await setUp(engine, flags)),
    );
};

async function setUp(engine: BroughtEngine, { json }: Flags): Promise<ExitCode> {
  const way = planSetup(engine, process);
  const trainerPath = join(__dirname, 'trainer.js');
  const runtime = await chooseNode();
  const { folder } = setupPaths(engine, storageFolder());
  const name = ENGINE_NAMES[engine];
  if (isSetUp(engine)) {
    const outcome = await createSelfTest(
      { trainerPath, nodeArguments: [], runtime },
      () => undefined,
    )(engine);
    if (outcome.ok && isCurrent(engine, way)) {
      if (json) printJson({ folder, numerics: outcome.numerics, done: 'nothing' });
      else print(`The ${name} is already set up, in ${folder}: ${outcome.numerics.version}.`);
      return EXIT.done;
    }
    printMessage(
      outcome.ok
        ? `What is in ${folder} works, but was built from ${madeFrom(engine) ?? 'other versions'}, and is replaced.`
        : `What is in ${folder} does not work (${outcome.reason}) and is replaced.`,
    );
  }
  const { downloadBytes, spaceBytes } = way;
  printMessage(
    `The ${name}: downloads up to ${bytes(downloadBytes)} and uses ${bytes(spaceBytes)} on disk, in ${folder}.`,
  );
  const controller = new AbortController();
  const cancel = () => controller.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, cancel);
  try {
    const { numerics } = await setUpEngine(engine, {
      plan: way,
      trainerPath,
      runtime,
      show: ({ title, number, of }) => printMessage(`[${number}/${of}] ${title}`),
      signal: controller.signal,
    });
    if (json) printJson({ folder, numerics, done: 'set up' });
    else
      print(
        `The ${name} works: TensorFlow.js ${numerics.version}, ${detail(numerics)}.`,
        `${USED[engine]} An experiment that has started keeps its engine; distillery run <experiment> --retrain-on ${engine} trains it again.`,
      );
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof SetUpCancelled)) throw error;
    printMessage('Cancelled: nothing was left behind.');
    return EXIT.stopped;
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, cancel);
  }
}

const detail = ({ engine, threads, variant }: Numerics) =>
  engine === 'gpu' ? variant : plural(threads, 'thread');

/** Which experiments use it after the set-up. */
const USED: Readonly<Record<BroughtEngine, string>> = {
  native: 'New experiments use it.',
  gpu: 'Experiments with "engine": "gpu", or started with --engine gpu, use it.',
};

async function remove(engine: BroughtEngine, json: true | undefined): Promise<ExitCode> {
  const removed = await removeEngine(engine);
  const { folder } = setupPaths(engine, storageFolder());
  if (json) printJson({ folder, bytes: removed?.bytes ?? 0 });
  else if (removed === null) print(`There is no ${ENGINE_NAMES[engine]} in ${folder}: nothing to remove.`);
  else
    print(
      `Removed ${removed.folder}, ${bytes(removed.bytes)}.${engine === 'native' ? ' New experiments use the portable engine.' : ''}`,
    );
  return EXIT.done;
}
