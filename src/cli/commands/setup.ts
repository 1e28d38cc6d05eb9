import { join } from 'node:path';
import { Argument, Option } from 'commander';
import { storageFolder } from '../../engines/storage';
import { bytes } from '../../results/format';
import { chooseNode } from '../../runner/node';
import { probeWith } from '../../runner/probe';
import { SetUpCancelled } from '../../runner/setup/failures';
import { isCurrent, madeFrom } from '../../runner/setup/madeFrom';
import { places } from '../../runner/setup/places';
import { costOf, planSetup } from '../../runner/setup/plan';
import { isSetUp, removeNative } from '../../runner/setup/remove';
import { setUpNative } from '../../runner/setup/setUp';
import type { Way } from '../../runner/setup/stage';
import { EXIT, type ExitCode } from '../exit';
import { print, printJson, tell } from '../output';
import type { Verb } from '../verb';

interface Flags {
  from?: Way['id'];
  remove?: true;
  json?: true;
}

export const setupCommand: Verb = (program, end) => {
  program
    .command('setup')
    .description(
      'Brings the native engine (TensorFlow’s own library) into a folder of your own, for editor and command line.',
    )
    .addArgument(new Argument('<engine>', 'what to set up').choices(['native']))
    .addOption(
      new Option(
        '--from <way>',
        'npm: the package’s own install script alone; wheel: Python’s wheel alone (default: the one, else the other)',
      ).choices(['npm', 'wheel']),
    )
    .option('--remove', 'delete it again')
    .option('--json', 'print what was done as JSON')
    .addHelpText(
      'after',
      `
It goes to ${places(storageFolder()).native}
(DISTILLERY_STORAGE names another folder). Ctrl-C cancels and leaves nothing behind.

Example:
  distillery setup native`,
    )
    .action(async (_engine: string, flags: Flags) =>
      end(flags.remove ? await remove(flags.json) : await setUp(flags)),
    );
};

async function setUp({ from, json }: Flags): Promise<ExitCode> {
  const ways = planSetup(process, from);
  const trainerPath = join(__dirname, 'trainer.js');
  const runtime = await chooseNode();
  const { native } = places(storageFolder());
  if (isSetUp()) {
    const outcome = await probeWith({ trainerPath, nodeArguments: [], runtime }, () => undefined)('native');
    if (outcome.ok && isCurrent(ways)) {
      if (json) printJson({ folder: native, numerics: outcome.numerics, done: 'nothing' });
      else print(`The native engine is set up already, in ${native}: ${outcome.numerics.version}.`);
      return EXIT.done;
    }
    tell(
      outcome.ok
        ? `What is in ${native} works, but was made from ${madeFrom() ?? 'other versions'}, and is replaced.`
        : `What is in ${native} does not work (${outcome.reason}) and is replaced.`,
    );
  }
  const { downloadBytes, spaceBytes } = costOf(ways);
  tell(
    `The native engine: up to ${bytes(downloadBytes)} to download, ${bytes(spaceBytes)} on the disk, in ${native}.`,
  );
  const controller = new AbortController();
  const cancel = () => controller.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, cancel);
  try {
    const { folder, way, numerics } = await setUpNative({
      ways,
      trainerPath,
      runtime,
      show: ({ title, number, of }) => tell(`[${number}/${of}] ${title}`),
      say: tell,
      signal: controller.signal,
    });
    if (json) printJson({ folder, way, numerics, done: 'set up' });
    else
      print(
        `The native engine works: TensorFlow.js ${numerics.version}, ${numerics.threads} threads.`,
        'New experiments use it. One that was begun keeps its engine: distillery run <experiment> --retrain-on native trains it anew.',
      );
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof SetUpCancelled)) throw error;
    tell('Cancelled: nothing was left behind.');
    return EXIT.stopped;
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, cancel);
  }
}

async function remove(json: true | undefined): Promise<ExitCode> {
  const removed = await removeNative();
  if (json) printJson({ folder: places(storageFolder()).native, bytes: removed?.bytes ?? 0 });
  else if (removed === null)
    print(`There is no native engine in ${places(storageFolder()).native}: nothing to remove.`);
  else print(`Removed ${removed.folder}, ${bytes(removed.bytes)}. New experiments use the portable engine.`);
  return EXIT.done;
}
