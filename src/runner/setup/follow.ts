import { UserError } from '../../config/errors';
import type { Numerics } from '../../config/numerics';
import type { NodeRuntime } from '../node';
import { probeWith } from '../probe';
import { SetUpCancelled } from './failures';
import { perform, type Step } from './perform';
import { makeStaging, NAMES, putInPlace, type Places } from './places';
import type { Way } from './stage';

export interface SetUpOptions {
  /** Absolute path of dist/trainer.js. */
  trainerPath: string;
  /** The Node that trains. */
  runtime: Pick<NodeRuntime, 'path' | 'environment'>;
  way: Way;
  show: (step: Step) => void;
  showDownload?: (bytes: number, of: number) => void;
  log?: (line: string) => void;
  signal: AbortSignal;
  storage?: string;
}

export interface SetUpResult {
  folder: string;
  numerics: Numerics;
}

export type Logged = SetUpOptions & Required<Pick<SetUpOptions, 'log'>>;

/** @throws UserError that says what went wrong, and where the log is */
export async function follow(options: Logged, where: Places): Promise<SetUpResult> {
  try {
    return await bringIn(options, where);
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof SetUpCancelled) throw error;
    options.log(error.message);
    throw new UserError(
      `The ${NAMES[where.engine]} could not be set up. ${error.message} The log is ${where.log}.`,
    );
  }
}

async function bringIn(options: Logged, where: Places): Promise<SetUpResult> {
  await makeStaging(where);
  const { signal, way } = options;
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
  return { folder: where.folder, numerics };
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
