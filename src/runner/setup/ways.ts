import { UserError } from '../../config/errors';
import type { Numerics } from '../../config/numerics';
import type { NodeRuntime } from '../node';
import { probeWith } from '../probe';
import { DiskFull, SetUpCancelled } from './failures';
import { perform, type Step } from './perform';
import { makeStaging, NAMES, putInPlace, type Places } from './places';
import type { Way } from './stage';

export interface SetUpOptions {
  /** Absolute path of dist/trainer.js. */
  trainerPath: string;
  /** The Node that trains. */
  runtime: Pick<NodeRuntime, 'path' | 'environment'>;
  /** The ways to try, in this order. */
  ways: readonly Way[];
  show: (step: Step) => void;
  showDownload?: (bytes: number, of: number) => void;
  /** Sentences on the way: why another way is tried. */
  say: (sentence: string) => void;
  log?: (line: string) => void;
  signal: AbortSignal;
  storage?: string;
}

export interface SetUpResult {
  folder: string;
  way: Way['id'];
  numerics: Numerics;
}

export type Logged = SetUpOptions & Required<Pick<SetUpOptions, 'log'>>;

/** The first way that works. @throws UserError with what went wrong in each */
export async function tryInTurn(options: Logged, where: Places): Promise<SetUpResult> {
  const failures: string[] = [];
  for (const way of options.ways) {
    if (failures.length > 0) options.say(`That did not work: ${failures.at(-1)} Trying ${way.title}.`);
    try {
      return await follow(way, options, where);
    } catch (error) {
      if (!(error instanceof UserError) || error instanceof SetUpCancelled || error instanceof DiskFull)
        throw error;
      options.log(error.message);
      failures.push(error.message);
    }
  }
  const reasons =
    failures.length === 1
      ? failures[0]
      : failures.map((failure, i) => `By ${options.ways[i]?.title}: ${failure}`).join(' ');
  throw new UserError(`The ${NAMES[where.engine]} could not be set up. ${reasons} The log is ${where.log}.`);
}

async function follow(way: Way, options: Logged, where: Places): Promise<SetUpResult> {
  await makeStaging(where);
  const { signal } = options;
  const numerics = await perform(way, {
    ...options,
    folder: where.staging,
    temporary: where.temporary,
    environment: { ...options.runtime.environment, ...temporaryFolder(where.temporary) },
    spaceBytes: way.spaceBytes,
    accept: () => accept(options, where),
  });
  if (signal.aborted) throw new SetUpCancelled('Cancelled.');
  await putInPlace(where);
  return { folder: where.folder, way: way.id, numerics };
}

/** As the systems call it, each in its own way. */
const temporaryFolder = (folder: string) => ({ TMPDIR: folder, TEMP: folder, TMP: folder });

/** A real training step, in a process that is thrown away and sees the staging folder in the place of the storage folder. */
async function accept({ runtime, trainerPath, log, signal }: Logged, where: Places): Promise<Numerics> {
  const environment = { ...runtime.environment, DISTILLERY_STORAGE: where.stagingStorage };
  const command = { trainerPath, nodeArguments: [], runtime: { path: runtime.path, environment } };
  const outcome = await probeWith(command, log, { signal })(where.engine);
  if (signal.aborted) throw new SetUpCancelled('Cancelled.');
  if (!outcome.ok) throw new UserError(outcome.reason);
  return outcome.numerics;
}
